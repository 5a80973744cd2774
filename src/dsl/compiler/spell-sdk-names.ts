import { schemaOf } from '../asl/sdk-schema.ts';
import type { CallNode } from '../ast/step-node.ts';
import type { Assignments, Draft, DraftFlow, MapDraft, ParallelDraft, TaskDraft } from './draft.ts';
import { type Origins, operationOf, withAnswer, withElement, withResults } from './sdk-origins.ts';
import { type Where, spell, spellTemplate } from './spell-expression.ts';
import { mapExpressions, mapValues } from './walk.ts';

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
  const where = { origins: withAnswer(draft, origins), place: draft.name };
  switch (draft.type) {
    case 'Task':
      return { ...spellOwn(draft, where), ...spellKept(draft, where), call: spellCall(draft, where) };
    case 'Parallel':
      return {
        ...spellOwn({ ...draft, branches: [] }, where),
        ...spellKept(draft, where),
        branches: draft.branches.map((branch) => spellFlow(branch, origins)),
      };
    case 'Map':
      return {
        ...spellOwn({ ...draft, body: { startAt: '', states: [] } }, where),
        ...spellKept(draft, where),
        select: mapValues(draft.select, (template) => spellTemplate(template, where)),
        body: spellFlow(draft.body, withElement(draft, origins)),
      };
    case 'Pass':
      return { ...draft, assign: spellAssigned(draft.assign, where) };
    case 'Succeed':
      return { ...draft, output: spellTemplate(draft.output, where) };
    case 'Choice':
    case 'Wait':
    case 'Fail':
      return spellOwn(draft, where);
  }
}

/** Expressions that decide something in the state itself: what becomes data is spelled apart. */
const spellOwn = <D extends Draft>(draft: D, where: Where): D =>
  mapExpressions({ startAt: '', states: [draft] }, (node) => spell(node, where)).states[0] as D;

function spellCall({ call, name }: TaskDraft, where: Where): CallNode {
  const request = call.kind === 'sdk' ? schemaOf(operationOf(call, name), 'input') : undefined;
  const spelled = {
    ...call,
    arguments: spellTemplate(call.arguments, where, request),
    ...(call.role === undefined ? {} : { role: spell(call.role, where) }),
    ...(call.patience === undefined ? {} : { patience: spell(call.patience, where) }),
  };
  return spelled.kind === 'workflow' && spelled.executionName !== undefined
    ? { ...spelled, executionName: spell(spelled.executionName, where) }
    : spelled;
}

/** What a state keeps, of its answer or of an error. */
const spellKept = (
  { assign, catches }: TaskDraft | ParallelDraft | MapDraft,
  where: Where,
): Pick<TaskDraft, 'assign' | 'catches'> => ({
  assign: spellAssigned(assign, where),
  catches: catches.map((caught) => ({ ...caught, assign: spellAssigned(caught.assign, where) })),
});

/**
 * What stands for an answer after an error, or before the first one, is read as the answer is, so it is spelled
 * as the answer is; its author may give it members of his own.
 */
const spellAssigned = (assign: Assignments, where: Where): Assignments =>
  Object.fromEntries(
    Object.entries(assign).map(([variable, template]) => [
      variable,
      spellTemplate(template, { ...where, lenient: true }, where.origins.get(variable)),
    ]),
  );
