import { schemaOf } from '../asl/sdk-schema.ts';
import type { TemplateNode } from '../ast/expression-node.ts';
import { NOTHING } from '../ast/node.ts';
import type { Assignments, CatchDraft, Draft, DraftFlow, TaskDraft } from './draft.ts';
import { type Origins, isResult, operationOf, withElement, withResults } from './sdk-origins.ts';
import { type Where, spell, spellTemplate } from './spell-expression.ts';
import { mapExpressions } from './walk.ts';

/**
 * Authors write the SDK's names; Step Functions takes and answers in its own (`SSEDescription` is
 * `SseDescription`). Here the requests of SDK calls are spelled as the integration spells them, and so are the
 * references to their results and to the elements of their lists.
 */
export function spellSdkNames(flow: DraftFlow): DraftFlow {
  return spellFlow(flow, new Map());
}

function spellFlow(flow: DraftFlow, outer: Origins): DraftFlow {
  const origins = withResults(flow, outer);
  return { startAt: flow.startAt, states: flow.states.map((draft) => spellDraft(draft, origins)) };
}

function spellDraft(draft: Draft, origins: Origins): Draft {
  const where = { origins, place: draft.name };
  for (const template of dataOf(draft)) spellTemplate(template, where);
  switch (draft.type) {
    case 'Task':
      return spellTask(draft, where);
    case 'Parallel':
      return {
        ...spellOwn({ ...draft, branches: [] }, where),
        branches: draft.branches.map((branch) => spellFlow(branch, origins)),
      };
    case 'Map': {
      const own = spellOwn({ ...draft, body: { startAt: '', states: [] } }, where);
      return { ...own, body: spellFlow(draft.body, withElement(draft, origins)) };
    }
    case 'Pass':
    case 'Choice':
    case 'Wait':
    case 'Succeed':
    case 'Fail':
      return spellOwn(draft, where);
  }
}

const spellOwn = <D extends Draft>(draft: D, where: Where): D =>
  mapExpressions({ startAt: '', states: [draft] }, (node) => spell(node, where)).states[0] as D;

function spellTask(draft: TaskDraft, where: Where): TaskDraft {
  const { call } = draft;
  if (call.kind !== 'sdk') return spellOwn(draft, where);
  const request = schemaOf(operationOf(call, draft.name), 'input');
  const own = spellOwn({ ...draft, call: { ...call, arguments: NOTHING } }, where);
  return {
    ...own,
    call: { ...own.call, arguments: spellTemplate(call.arguments, where, request) },
    catches: draft.catches.map((caught, index) => ({
      ...caught,
      assign: { ...own.catches[index]?.assign, ...standIns(caught, draft, where) },
    })),
  };
}

/** What stands for a result after an error is read as the result is, so it is spelled as the result is. */
function standIns(caught: CatchDraft, draft: TaskDraft, where: Where): Assignments {
  const lenient = { ...where, lenient: true } as const;
  const results = Object.entries(caught.assign).filter(([variable]) => standsForResult(draft, variable));
  return Object.fromEntries(
    results.map(([variable, template]) => [
      variable,
      spellTemplate(template, lenient, where.origins.get(variable)),
    ]),
  );
}

const standsForResult = (draft: TaskDraft, variable: string): boolean => {
  const template = draft.assign[variable];
  return template !== undefined && isResult(template);
};

/** What of a state becomes data that somebody reads by the SDK's names, an SDK call's own request apart. */
function dataOf(draft: Draft): readonly TemplateNode[] {
  const sdk = draft.type === 'Task' && draft.call.kind === 'sdk';
  const assigned = 'assign' in draft ? Object.values(draft.assign) : [];
  const caught = 'catches' in draft ? draft.catches.flatMap(({ assign }) => Object.entries(assign)) : [];
  return [
    ...(draft.type === 'Task' && !sdk ? [draft.call.arguments] : []),
    ...(draft.type === 'Map' ? Object.values(draft.select) : []),
    ...(draft.type === 'Succeed' ? [draft.output] : []),
    ...assigned.filter((template) => !isResult(template)),
    ...caught
      .filter(([variable]) => !(sdk && standsForResult(draft, variable)))
      .map(([, template]) => template),
  ];
}
