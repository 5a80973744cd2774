import type { CallNode, FlowNode, StepNode, TryNode, WorkflowNode } from '../ast/step-node.ts';
import { callsOf, flowsWithin, stepsOf } from '../ast/walk-steps.ts';
import { innerFlows, stateNames } from './inner-flows.ts';
import type { DraftFlow } from './draft.ts';
import { variablesAssigned } from './walk.ts';

/**
 * Names that Step Functions would refuse: of two states of the whole machine, or of a variable that an inner
 * scope sets although an outer one has it ("Passing data between states with variables", "Variable scope").
 */
export function checkNames(flow: DraftFlow, node: WorkflowNode): readonly string[] {
  const { name: workflow, flow: authored } = node;
  const names = stateNames(flow);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [
    ...[...twice].map(
      (name) =>
        `${workflow}: two states would be named '${name}'; rename the step or way '${lastPart(name)}', or the way or ` +
        `branch that it is in: names that differ only in their first letter's size are one, and the compiler has ` +
        `states of its own named 'done', 'each', 'failed', 'otherwise' or 'return'`,
    ),
    ...usedTwice(authored, [workflow]),
    ...sharedPlaceholders(node),
    ...hiddenVariables(flow, new Set()).map(
      (name) =>
        `${workflow}: a step inside another one is named '${name}', like a step or value around it; rename one of them`,
    ),
  ];
}

/**
 * Functions and machines stand in the definition as `${Name}`, which the deployment replaces by one ARN: two
 * of one name would be one.
 */
function sharedPlaceholders({ name, flow }: WorkflowNode): readonly string[] {
  const known = new Map<string, readonly CallNode[]>();
  const faults = new Set<string>();
  for (const call of stepsOf(flow).flatMap(({ step }) => callsOf(step))) {
    const called = call.kind === 'task' ? call.task : call.kind === 'workflow' ? call.workflow : undefined;
    if (called === undefined) continue;
    if (call.kind === 'workflow' && called === name)
      faults.add(
        `${name}: a child workflow has the name of the workflow itself, and both would stand for one state ` +
          `machine; rename one of them`,
      );
    const before = known.get(called) ?? [];
    if (before.some((other) => differs(call, other)))
      faults.add(
        `${name}: two different tasks or workflows that it calls are named '${called}', and both would be ` +
          `deployed as one; rename one of them`,
      );
    known.set(called, [...before, call]);
  }
  return [...faults];
}

/** Whether two calls cannot be of one definition; an undo's result is not known. */
function differs(left: CallNode, right: CallNode): boolean {
  if (left.kind !== right.kind) return true;
  if (!('errors' in left && 'errors' in right)) return false;
  const bothKnown = left.output !== undefined && right.output !== undefined;
  const told = ({ errors, output }: typeof left) => JSON.stringify([errors, bothKnown ? output : undefined]);
  return told(left) !== told(right);
}

/** As the author wrote it: `done` of `Copies.Done`. */
const lastPart = (name: string): string => {
  const part = name.split('.').at(-1) ?? name;
  return part.charAt(0).toLowerCase() + part.slice(1);
};

function hiddenVariables(flow: DraftFlow, outer: ReadonlySet<string>): readonly string[] {
  const own = variablesAssigned(flow);
  const around = new Set([...outer, ...own]);
  return [
    ...[...own].filter((name) => outer.has(name)),
    ...innerFlows(flow).flatMap((inner) => hiddenVariables(inner, around)),
  ];
}

/**
 * Steps of one name in one variable scope: behind a way that set it, the other one's variable would hold a value
 * that is not its own. Ways that exclude each other may use a name twice.
 */
function usedTwice(flow: FlowNode, path: readonly string[]): readonly string[] {
  const faults: string[] = [];
  namesIn(flow, path, faults);
  return faults;
}

/** Steps without a result of their own. */
const UNASSIGNED: ReadonlySet<StepNode['kind']> = new Set(['wait', 'succeed', 'fail']);

function namesIn(flow: FlowNode, path: readonly string[], faults: string[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const step of flow.steps) {
    const at = 'name' in step ? [...path, step.name] : path;
    const own = 'name' in step && !UNASSIGNED.has(step.kind) ? [step.name] : [];
    for (const name of [...own, ...partsOf(step, at, faults)]) {
      if (used.has(name)) faults.push(sharesVariable(at.at(-1) === name ? at : [...at, name]));
      used.add(name);
    }
  }
  return used;
}

/** The names that the inside of a step sets in the scope around it. */
function partsOf(step: StepNode, path: readonly string[], faults: string[]): readonly string[] {
  const parts = flowsWithin(step).map(([label, flow]) => ({
    flow,
    names: namesIn(flow, [...path, ...label], faults),
  }));
  if (step.kind === 'parallel' || step.kind === 'forEach') return [];
  if (step.kind === 'try')
    for (const { flow, names } of parts)
      for (const name of names)
        if (parts.some((before) => comesBefore(before.flow, flow, step) && before.names.has(name)))
          faults.push(sharesVariable([...path, name]));
  return [...new Set(parts.flatMap(({ names }) => [...names]))];
}

/** What is tried has run in part before a clause does, and all of it before the `finally`. */
const comesBefore = (earlier: FlowNode, later: FlowNode, { flow, last }: TryNode): boolean =>
  earlier !== later && (later === last || (earlier === flow && later !== flow));

const sharesVariable = (path: readonly string[]): string =>
  `${path.join(' › ')}: another step before it is named '${path.at(-1)}', and both would share a variable; ` +
  `rename one of them`;
