import type { ExpressionNode, TemplateNode } from '../ast/expression-node.ts';
import { NOTHING, literal, operation, value, variable } from '../ast/node.ts';
import type { WorkflowNode } from '../ast/step-node.ts';
import type { Assignments, ChoiceDraft, Draft, DraftFlow, MapDraft } from './draft.ts';
import { endsFailures } from './route-failures.ts';
import { type Knowledge, certaintyOf, isSafe } from './shapes/certainty.ts';
import { type FlowShapes, shapesOfWorkflow } from './shapes/flow-shapes.ts';

/**
 * Only Task, Parallel and Map states have `Catch` (States Language, "Errors"). What another state computes that
 * may fail, where something would answer its failure, is computed before it: in a Map over nothing, which is left
 * at once.
 */
export const computeApart = (flow: DraftFlow, workflow: WorkflowNode): DraftFlow =>
  computeWithin(shapesOfWorkflow(flow, workflow), endsFailures(workflow));

function computeWithin(shapes: FlowShapes, undone: boolean): DraftFlow {
  const instead = new Map<string, string>();
  const states = shapes.flow.states.flatMap((draft): readonly Draft[] => {
    const inner = shapes.inside(draft).map((one) => computeWithin(one, undone));
    if (draft.type === 'Parallel') return [{ ...draft, branches: inner }];
    if (draft.type === 'Map') return [{ ...draft, body: inner[0] ?? draft.body }];
    const answered = (draft.tries ?? []).length > 0 || (undone && draft.undos !== null);
    const { before, own } = answered ? apart(draft, shapes.knownAt(draft)) : { own: draft };
    if (before === undefined) return [own];
    instead.set(own.name, before.name);
    return [before, own];
  });
  const to = (name: string) => instead.get(name) ?? name;
  const computing = new Set(instead.values());
  return {
    startAt: to(shapes.flow.startAt),
    states: states.map((draft) => (computing.has(draft.name) ? draft : redirected(draft, to))),
  };
}

interface Apart {
  /** What computes for the state, and leads to it. */
  readonly before?: MapDraft;
  readonly own: Draft;
}

/** A state, and apart from it what it computes that may fail. */
function apart(draft: Draft, known: Knowledge): Apart {
  const kept = `${draft.name.replaceAll('.', '_')}_value`;
  const before = (computed: TemplateNode) =>
    computing(draft, `${draft.name}.Value`, { assign: { [kept]: computed }, next: draft.name });
  switch (draft.type) {
    case 'Pass': {
      const safe = Object.values(draft.assign).every((one) => isSafe(one, known));
      return { own: safe ? draft : computing(draft, draft.name, draft) };
    }
    case 'Wait': {
      const { wait } = draft;
      const time = 'seconds' in wait ? wait.seconds : wait.until;
      if (time.kind === 'literal') return { own: draft };
      const checked = operation('seconds' in wait ? 'seconds' : 'timestamp', time);
      const own = 'seconds' in wait ? { seconds: variable(kept) } : { until: variable(kept) };
      return { before: before(value(checked)), own: { ...draft, wait: own } };
    }
    case 'Succeed':
      if (isSafe(draft.output, known)) return { own: draft };
      return { before: before(draft.output), own: { ...draft, output: value(variable(kept)) } };
    case 'Fail':
      if (isSafe(value(draft.cause), known)) return { own: draft };
      return { before: before(value(draft.cause)), own: { ...draft, cause: variable(kept) } };
    case 'Choice': {
      const risky = draft.choices.map(({ when }) => certaintyOf(when, known).mayFail);
      if (!risky.includes(true)) return { own: draft };
      const field = (index: number) => `w${index}`;
      const fields = draft.choices.flatMap((choice, index) =>
        risky[index] ? [[field(index), value(whetherChosen(draft.choices.slice(0, index), choice))]] : [],
      );
      const choices = draft.choices.map((choice, index) =>
        risky[index] ? { ...choice, when: variable(kept, field(index)) } : choice,
      );
      const computed: TemplateNode = { kind: 'object', fields: Object.fromEntries(fields) };
      return { before: before(computed), own: { ...draft, choices } };
    }
    case 'Task':
    case 'Parallel':
    case 'Map':
      return { own: draft };
  }
}

/** True or false: a condition without a value counts as false, and one behind another that holds is not asked. */
const whetherChosen = (before: ChoiceDraft['choices'], { when }: ChoiceDraft['choices'][number]) =>
  before.reduceRight<ExpressionNode>(
    (rest, earlier) => operation('choose', earlier.when, literal(false), rest),
    operation('choose', when, literal(true), literal(false)),
  );

const computing = (
  { undos, tries = [] }: Draft,
  name: string,
  { assign, next }: { readonly assign: Assignments; readonly next: string },
): MapDraft => ({
  type: 'Map',
  name,
  undos,
  tries,
  mode: 'inline',
  items: literal([]),
  element: '',
  select: {},
  atOnce: literal(1),
  body: {
    startAt: `${name}.Nothing`,
    states: [{ type: 'Succeed', name: `${name}.Nothing`, undos: null, output: NOTHING }],
  },
  retry: [],
  catches: [],
  assign,
  next,
});

/** A state whose ways lead to other names. */
function redirected(draft: Draft, to: (name: string) => string): Draft {
  const way = <T extends { readonly next: string }>(one: T): T => ({ ...one, next: to(one.next) });
  const own = draft.tries === undefined ? draft : { ...draft, tries: draft.tries.map(way) };
  switch (own.type) {
    case 'Task':
    case 'Parallel':
    case 'Map':
      return way({ ...own, catches: own.catches.map(way) });
    case 'Pass':
    case 'Wait':
      return way(own);
    case 'Choice':
      return { ...own, choices: own.choices.map(way), otherwise: to(own.otherwise) };
    case 'Succeed':
    case 'Fail':
      return own;
  }
}
