import type { Finding } from '../asl/check/finding.ts';
import { checkOnce } from '../asl/check-once.ts';
import type { Graph } from '../asl/graph/graph.ts';
import type { JsonObject, StateMachine } from '../asl/machine.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { UncheckedNode, WorkflowNode } from '../ast/step-node.ts';
import { variable } from '../ast/node.ts';
import { stepsOf } from '../ast/walk-steps.ts';
import { captureOuter } from './capture-outer.ts';
import { computeApart } from './compute-apart.ts';
import { checkBounds } from './check-bounds.ts';
import { checkFailures } from './check-failures.ts';
import { checkReach } from './check-reach.ts';
import { checkNames } from './check-names.ts';
import type { DraftFlow } from './draft.ts';
import { dropUnreachable } from './drop-unreachable.ts';
import { emitStates } from './emit.ts';
import { faultsOf } from './guard/faults-of.ts';
import { guardInput, uncheckedInput } from './guard/guard-input.ts';
import { stepGraph } from './graph/step-graph.ts';
import { workflowGraph } from './graph/workflow-graph.ts';
import { lowerFlow } from './lower/lower-flow.ts';
import { limitFaults, limitWarnings } from './limits/limit-faults.ts';
import { type LimitsReport, limitsOf } from './limits/limits.ts';
import { permissionsOf } from './permissions/permissions.ts';
import type { Statement } from './permissions/statement.ts';
import { pruneVariables } from './prune-variables.ts';
import { requireValues } from './require-values.ts';
import { routeFailures } from './route-failures.ts';
import { spellSdkNames } from './spell-sdk-names.ts';

/**
 * What one compile makes of a workflow: its machine, and what those who deploy, review or call it need to
 * know.
 *
 * @example
 * const calledFunctions = ({ permissions }: CompiledWorkflow) =>
 *   permissions.flatMap(({ resources }) => resources.flatMap((one) => (one.kind === 'task' ? [one.name] : [])));
 * calledFunctions(compile(ship)); // → ["Track"]
 */
export interface CompiledWorkflow {
  readonly name: string;
  /** JSONata ASL; functions and machines stand as `${Name}`, for CDK's definition substitutions. */
  readonly machine: StateMachine;
  /** What the machine's role must be allowed: what the steps need, and no more. */
  readonly permissions: readonly Statement[];
  /** How near it comes to the limits of Step Functions. */
  readonly limits: LimitsReport;
  /** The pictures of it: the steps as the author wrote them, and all states of the machine. */
  readonly graph: { readonly steps: Graph; readonly states: Graph };
  /** JSON Schemas (draft 2020-12) of what a caller writes and of what a finished execution gives. */
  readonly schemas: { readonly input: JsonObject; readonly output: JsonObject };
  /** What the schemas of the input and of answers ask that the machine does not check: the tasks that read it must. */
  readonly unchecked: readonly UncheckedNode[];
  /** What of the machine is a risk, though Step Functions takes it: the warnings of `checkMachine`, sorted by place. */
  readonly findings: readonly Finding[];
}

type Pass = (flow: DraftFlow, workflow: WorkflowNode) => DraftFlow;

/** The passes between steps and ASL, in order; each is a pure function of drafts. */
const PASSES: readonly { readonly name: string; readonly run: Pass }[] = [
  { name: 'compute apart', run: computeApart },
  { name: 'route failures', run: routeFailures },
  { name: 'guard input', run: guardInput },
  { name: 'drop unreachable states', run: dropUnreachable },
  { name: 'spell SDK names', run: spellSdkNames },
  { name: 'capture outer variables', run: captureOuter },
  { name: 'prune variables', run: pruneVariables },
  { name: 'require values', run: requireValues },
];

/**
 * Compiles a workflow to Amazon States Language, with its permissions, limits, pictures and schemas. The
 * same workflow gives the same bytes.
 * @throws DefinitionError naming the steps and the remedies, all problems at once.
 *
 * @example
 * ```ts
 * compile(ship);
 * ```
 * ```json
 * {
 *   "name": "Ship",
 *   "machine": { "QueryLanguage": "JSONata", "TimeoutSeconds": 432000, "StartAt": "Input.Check", "States": "…" },
 *   "permissions": [
 *     { "actions": ["lambda:InvokeFunction"], "resources": [{ "kind": "task", "name": "Track" }] }
 *   ],
 *   "limits": "…",
 *   "graph": "…",
 *   "schemas": "…",
 *   "unchecked": [],
 *   "findings": []
 * }
 * ```
 */
export function compile(
  workflow:
    | { readonly node: WorkflowNode }
    | { readonly error: 'a finished workflow is wanted: end it by returns()' },
): CompiledWorkflow {
  const node = finished(workflow);
  const lowered = lowerFlow(node.flow, { path: [], undos: [], tries: [] });
  const flow = PASSES.reduce((current, pass) => pass.run(current, node), lowered);
  refuse([
    ...checkBounds(node),
    ...checkFailures(node),
    ...checkReach(flow, node),
    ...checkNames(flow, node),
  ]);
  const machine: StateMachine = {
    ...(node.comment === undefined ? {} : { Comment: node.comment }),
    QueryLanguage: 'JSONata',
    TimeoutSeconds: node.timeoutSeconds,
    ...emitStates(flow),
  };
  const findings = checkOnce(machine);
  refuse(
    findings.filter(({ severity }) => severity === 'error').map((finding) => inWords(finding, node.name)),
  );
  const limits = limitsOf(node, { flow, machine });
  refuse(limitFaults(limits, node.name));
  const states = workflowGraph(node, machine);
  return {
    name: node.name,
    machine,
    permissions: permissionsOf(node),
    limits,
    graph: { steps: stepGraph(node, states), states },
    schemas: { input: node.input, output: node.output },
    unchecked: [...uncheckedInput(node), ...uncheckedAnswers(node)],
    findings,
  };
}

/** Plain JavaScript lets anything through. */
function finished(given: unknown): WorkflowNode {
  const parts: object = given instanceof Object ? given : {};
  const node = 'node' in parts ? (parts.node as WorkflowNode) : undefined;
  if (node?.kind === 'workflow') return node;
  throw new DefinitionError(
    'unfinished' in parts
      ? 'compile(): the workflow has no returns() yet; say what it returns, and compile what that gives'
      : `compile(): a finished workflow is wanted, got ${'taskName' in parts ? 'a task' : typeof given}; ` +
          `give what workflow(…) … .returns(…) makes`,
  );
}

/** What the schemas of answers ask that the machine does not check: nobody else does either. */
const uncheckedAnswers = (workflow: WorkflowNode): readonly UncheckedNode[] =>
  stepsOf(workflow.flow).flatMap(({ step, path }) => {
    if (step.kind !== 'callback') return [];
    const { unchecked } = faultsOf(step.answer, variable(step.name), 'answer');
    return [...step.unchecked, ...unchecked].map((one) => ({
      ...one,
      path: `${path.join(' › ')} › ${one.path}`,
    }));
  });

/** All problems at once. */
function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new DefinitionError(faults.join('\n'));
}

const inWords = ({ place, problem, remedy }: Finding, workflow: string): string =>
  `${workflow}: ${place}: ${problem}; ${remedy}`;

/** What may go wrong with a compiled workflow, in words: its findings, then what of its data may become too large. */
export const warningsOf = ({ name, findings, limits }: CompiledWorkflow): readonly string[] => [
  ...findings.map((finding) => inWords(finding, name)),
  ...limitWarnings(limits, name),
];

/**
 * A machine as the text that is committed, compared and deployed.
 *
 * @example
 * machineText(compile(ship).machine).slice(0, 32); // → "{\n  \"QueryLanguage\": \"JSONata\",\n"
 */
export const machineText = (machine: StateMachine): string => `${JSON.stringify(machine, null, 2)}\n`;
