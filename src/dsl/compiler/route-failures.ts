import type { TemplateNode } from '../ast/expression-node.ts';
import type { RunNode, StepNode, WorkflowNode } from '../ast/step-node.ts';
import type { Assignments, Draft, DraftFlow } from './draft.ts';
import { causeOf, first, plain, plainError } from '../ast/failure-text.ts';
import { literal, operation, states, value, variable } from '../ast/node.ts';
import { stateName } from './state-name.ts';

const FAILED = 'Failed';

/** The workflow's own failure, with what was and was not undone. */
const FAILURE = 'failure_';

const failureOf = (route: Route, error: TemplateNode, cause: TemplateNode): Assignments => ({
  [route.variable]: {
    kind: 'object',
    fields: {
      Error: error,
      Cause: cause,
      ...(route.variable === FAILURE ? { undone: value(literal('')), notUndone: value(literal('')) } : {}),
    },
  },
});

/** What the failing state's error was. */
const caught = (route: Route): Assignments =>
  failureOf(route, value(states('errorOutput', 'Error')), value(causeOf(states('errorOutput', 'Cause'))));

/**
 * Sends every failure to what answers it: to the tries around, innermost first, then to the undos that are
 * due. Each fallible state gets Catchers, each Fail state becomes the setting of the failure. One undo state a
 * step runs, newest first, whatever happens to the others; the chain ends in one Fail state with the first
 * error and what was and was not undone. Without undos a failure that no try wants stays where it happens.
 */
export function routeFailures(flow: DraftFlow, workflow: WorkflowNode): DraftFlow {
  const undoable = undoableSteps(workflow);
  const hasEnd = endsFailures(workflow);
  const routed = routeFlow(flow, hasEnd);
  if (!hasEnd) return routed;
  const chain = undoable.map((step, index): Draft => {
    const before = undoable[index - 1];
    const next = before ? undoName(before.name) : FAILED;
    return undoState(step, undoName(step.name), next);
  });
  return { startAt: flow.startAt, states: [...routed.states, ...chain.reverse(), failed] };
}

/** Whether a workflow has an end of its own for failures: undos, or the promise to end them in words. */
export const endsFailures = (workflow: WorkflowNode): boolean =>
  undoableSteps(workflow).length > 0 ||
  workflow.flow.steps.some((step) => step.kind === 'pointOfNoReturn' && step.failures === 'endInWords');

const undoableSteps = ({ flow }: WorkflowNode): readonly RunNode[] =>
  flow.steps.filter((step: StepNode): step is RunNode => step.kind === 'run' && step.undo !== undefined);

const undoName = (step: string) => stateName([step, 'Undo']);

/** Where a failure goes, and the variable that keeps it. */
interface Route {
  readonly errors: readonly string[];
  readonly variable: string;
  readonly next: string;
}

const routeFlow = (flow: DraftFlow, hasEnd: boolean): DraftFlow => ({
  startAt: flow.startAt,
  states: flow.states.map((draft) => routeDraft(withRoutedParts(draft), hasEnd)),
});

function withRoutedParts(draft: Draft): Draft {
  if (draft.type === 'Parallel')
    return { ...draft, branches: draft.branches.map((branch) => routeFlow(branch, false)) };
  return draft.type === 'Map' ? { ...draft, body: routeFlow(draft.body, false) } : draft;
}

function routeDraft(draft: Draft, hasEnd: boolean): Draft {
  const routes = routesOf(draft, hasEnd);
  const [nearest] = routes;
  if (nearest === undefined) return draft;
  if (draft.type === 'Fail')
    return {
      type: 'Pass',
      name: draft.name,
      undos: null,
      assign: failureOf(nearest, value(draft.error), value(draft.cause)),
      next: nearest.next,
    };
  if (!('catches' in draft)) return draft;
  const catches = [...draft.catches];
  for (const route of routes) {
    if (catches.some(({ errors }) => errors.includes('States.ALL'))) break;
    catches.push({ errors: route.errors, assign: caught(route), next: route.next });
  }
  return { ...draft, catches };
}

/** Innermost first. */
function routesOf(draft: Draft, hasEnd: boolean): readonly Route[] {
  const tries = (draft.tries ?? []).map((handler) => ({
    ...handler,
    errors: caughtAt(draft, handler.errors),
  }));
  if (draft.undos === null || !hasEnd) return tries;
  const newest = draft.undos.at(-1);
  const next = newest === undefined ? FAILED : undoName(newest);
  return [...tries, { errors: ['States.ALL'], variable: FAILURE, next }];
}

/**
 * What a Catcher must match so that an error of that name gets to its clause. The failure of a child execution
 * is `States.TaskFailed` for its parent, with the child's own error in its cause; so may be that of a branch.
 */
function caughtAt(draft: Draft, names: readonly string[]): readonly string[] {
  if (names.includes('States.ALL')) return names;
  const mayHideAnother = draft.type !== 'Task' || draft.call.kind === 'workflow';
  return mayHideAnother ? [...names, 'States.TaskFailed'] : names;
}

function undoState(step: RunNode, name: string, next: string): Draft {
  const call = step.undo;
  if (call === undefined) throw new Error(`${step.name} has no undo`);
  const noted = (field: 'undone' | 'notUndone', text: ReturnType<typeof literal>): Assignments => ({
    [FAILURE]: {
      kind: 'object',
      fields: Object.fromEntries(
        ['Error', 'Cause', 'undone', 'notUndone'].map((key) => {
          const now = variable(FAILURE, key);
          return [key, value(key === field ? operation('&', now, text) : now)];
        }),
      ),
    },
  });
  const why = operation(
    '&',
    operation(
      '&',
      literal(`, ${step.name} (`),
      plainError(states('errorOutput', 'Error'), causeOf(states('errorOutput', 'Cause'))),
    ),
    literal(')'),
  );
  return {
    type: 'Task',
    name,
    undos: null,
    call,
    retry: step.undoRetry,
    catches: [{ errors: ['States.ALL'], assign: noted('notUndone', why), next }],
    assign: noted('undone', literal(`, ${step.name}`)),
    next,
  };
}

/** ` [undone: reserved, paid]`, of names that each have a comma before them. */
const told = (label: string, field: string) =>
  operation(
    'choose',
    operation('=', variable(FAILURE, field), literal('')),
    literal(''),
    operation(
      '&',
      operation('&', literal(` [${label}: `), operation('substring', variable(FAILURE, field), literal(2))),
      literal(']'),
    ),
  );

const failed: Draft = {
  type: 'Fail',
  name: FAILED,
  undos: null,
  error: first(variable(FAILURE, 'Error'), variable(FAILURE, 'Cause')),
  cause: operation(
    '&',
    operation('&', plain(variable(FAILURE, 'Cause')), told('undone', 'undone')),
    told('NOT UNDONE', 'notUndone'),
  ),
};
