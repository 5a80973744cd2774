import type { TemplateNode } from '../ast/expression-node.ts';
import type { RunNode, StepNode, WorkflowNode } from '../ast/step-node.ts';
import type { Assignments, CatchDraft, Draft, DraftFlow } from './draft.ts';
import { causeOf, first, plain, plainError } from '../ast/failure-text.ts';
import { literal, operation, states, value, variable } from '../ast/node.ts';
import { stateName } from './state-name.ts';

const FAILED = 'Failed';

const failureOf = (error: TemplateNode, cause: TemplateNode): Assignments => ({
  failure_: {
    kind: 'object',
    fields: { Error: error, Cause: cause, undone: value(literal('')), notUndone: value(literal('')) },
  },
});

/** What the failing state's error was, kept while the undos run. */
const caught = failureOf(
  value(states('errorOutput', 'Error')),
  value(causeOf(states('errorOutput', 'Cause'))),
);

/**
 * Sends every failure to the undos that are due: each fallible state gets a last Catcher, each Fail state
 * becomes the setting of the failure, and one undo state a step runs, newest first, whatever happens to the
 * others. The chain ends in one Fail state with the first error and what was and was not undone; failures
 * before any undo is due end there at once. A workflow without undos is left as it is.
 */
export function routeUndos(flow: DraftFlow, workflow: WorkflowNode): DraftFlow {
  const undoable = workflow.flow.steps.filter(
    (step: StepNode): step is RunNode => step.kind === 'run' && step.undo !== undefined,
  );
  if (undoable.length === 0) return flow;
  const nameOf = (step: string) => stateName([step, 'Undo']);
  const routed = flow.states.map((draft): Draft => {
    if (draft.undos === null) return draft;
    const newest = draft.undos.at(-1);
    const next = newest === undefined ? FAILED : nameOf(newest);
    if (draft.type === 'Fail')
      return {
        type: 'Pass',
        name: draft.name,
        undos: null,
        assign: failureOf(value(draft.error), value(draft.cause)),
        next,
      };
    if (!('catches' in draft) || draft.catches.some(({ errors }) => errors.includes('States.ALL')))
      return draft;
    const last: CatchDraft = { errors: ['States.ALL'], assign: caught, next };
    return { ...draft, catches: [...draft.catches, last] };
  });
  const chain = undoable.map((step, index): Draft => {
    const before = undoable[index - 1];
    const next = before ? nameOf(before.name) : FAILED;
    return undoState(step, nameOf(step.name), next);
  });
  return { startAt: flow.startAt, states: [...routed, ...chain.reverse(), failed] };
}

function undoState(step: RunNode, name: string, next: string): Draft {
  const call = step.undo;
  if (call === undefined) throw new Error(`${step.name} has no undo`);
  const noted = (field: 'undone' | 'notUndone', text: ReturnType<typeof literal>): Assignments => ({
    failure_: {
      kind: 'object',
      fields: Object.fromEntries(
        ['Error', 'Cause', 'undone', 'notUndone'].map((key) => {
          const now = variable('failure_', key);
          return [key, value(key === field ? operation('&', now, text) : now)];
        }),
      ),
    },
  });
  const why = operation(
    '&',
    operation(
      '&',
      literal(` ${step.name} (`),
      plainError(states('errorOutput', 'Error'), causeOf(states('errorOutput', 'Cause'))),
    ),
    literal(').'),
  );
  return {
    type: 'Task',
    name,
    undos: null,
    call,
    retry: step.undoRetry,
    catches: [{ errors: ['States.ALL'], assign: noted('notUndone', why), next }],
    assign: noted('undone', literal(` ${step.name}.`)),
    next,
  };
}

const told = (label: string, field: string) =>
  operation(
    'choose',
    operation('=', variable('failure_', field), literal('')),
    literal(''),
    operation('&', literal(` ${label}:`), variable('failure_', field)),
  );

const failed: Draft = {
  type: 'Fail',
  name: FAILED,
  undos: null,
  error: first(variable('failure_', 'Error'), variable('failure_', 'Cause')),
  cause: operation(
    '&',
    operation('&', plain(variable('failure_', 'Cause')), told('Undone', 'undone')),
    told('NOT UNDONE', 'notUndone'),
  ),
};
