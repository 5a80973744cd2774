import type * as z from 'zod';
import type { JsonObject } from '../asl/machine.ts';
import { errorsOf } from '../ast/errors-of.ts';
import { deepFreeze } from '../ast/freeze.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { ExpressionNode } from '../ast/expression-node.ts';
import type { CallNode, FlowNode, WorkflowNode } from '../ast/step-node.ts';
import { type Ref, type Template, referenceTo } from '../expression/expression.ts';
import type { Whole } from '../expression/present.ts';
import { operandOf } from '../expression/template.ts';
import type { StartableCall, TaskError } from './call.ts';
import { namesOf, optionsOf, schemaOf } from './checked.ts';
import { type Duration, secondsOf } from './duration.ts';
import type { WorkflowEnd } from './flow-end.ts';
import { Flow } from './flow.ts';
import { inputSchema, outputSchema } from './input-schema.ts';
import { scalarKinds } from './schema/scalar-kind.ts';
import { templateFor } from './schema/template-for.ts';
import type { WrittenFor } from './schema/written-for.ts';
import { refuseChanged } from './schema/refuse-schema.ts';
import { shown } from './shown.ts';

/** What a parent's state fails with when a child execution goes wrong. */
export type ChildError = TaskError | 'InvalidInput' | `StepFunctions.${string}`;

/** What starting a child execution without waiting for it gives. `StartDate` is ISO 8601 text. */
export interface StartedExecution {
  readonly ExecutionArn: string;
  readonly StartDate: string;
}

export interface ExecutionOptions {
  /** The child execution's name: up to 80 letters, digits, `-` and `_`; a second start by it is refused. */
  readonly name?: Template<string>;
}

/**
 * A finished workflow: compile it, or call it from another one as a child execution. Name it where a
 * function takes any workflow.
 *
 * @example
 * const machineName = (subject: Workflow): string => `shop-${subject.workflowName}`;
 * machineName(ship); // → "shop-Ship"
 */
export interface Workflow<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  E extends string = string,
> {
  <const Given>(
    given: Whole<WrittenFor<In>, Given>,
    options?: ExecutionOptions,
  ): StartableCall<WrittenFor<Out>, ChildError | E, StartedExecution>;
  /** Its state machine's logical name. */
  readonly workflowName: string;
  readonly input: In;
  readonly output: Out;
  readonly errors: readonly E[];
  readonly node: WorkflowNode;
}

export interface WorkflowOptions<In extends z.ZodType, Out extends z.ZodType, E extends string> {
  /** What an execution's input must be; the machine's first state refuses anything else. */
  readonly input: In;
  /** What `returns` and `succeed` must fit; a field with a default may be missing, since nobody fills it in. */
  readonly output: Out;
  /** The names of the errors that its `fail` steps end it with; default none. */
  readonly errors?: readonly E[];
  /** How long an execution may take. A child's must be shorter than its parent's. */
  readonly timeout: Duration;
  readonly comment?: string;
  /**
   * The name of the KMS key that the machine's definition and executions are encrypted with; whoever deploys it
   * says which key that is. The permissions of the machine, and of its parents, then include the key's use.
   * Default the service's own key, which needs no permission.
   */
  readonly encryptedWith?: string;
}

/** Seconds that a parent waits beyond its child's own timeout, so that the child's answer arrives first. */
const GRACE_SECONDS = 60;

/**
 * Begins a workflow: add steps, then say what it `returns`. It becomes one Step Functions state machine,
 * whose first states check the input against its schema. For work that is code use a `task`.
 * @throws DefinitionError for a name that cannot be a machine's, and for an input schema that the machine
 * could not keep.
 *
 * @example
 * ```ts
 * workflow('Greet', {
 *   input: z.object({ id: z.string() }),
 *   output: z.object({ text: z.string() }),
 *   timeout: '1 minute',
 * }).returns(({ input }) => ({ text: concat('Hello, ', input.id) })); // → { "text": "Hello, o-7" }
 * ```
 * ```json
 * {
 *   "QueryLanguage": "JSONata",
 *   "TimeoutSeconds": 60,
 *   "StartAt": "Input.Check",
 *   "States": {
 *     "Return": { "Type": "Succeed", "Output": { "text": "{% \"\" & \"Hello, \" & $input.id %}" } },
 *     "…": "…"
 *   }
 * }
 * ```
 */
export function workflow<In extends z.ZodType, Out extends z.ZodType, const E extends string = never>(
  name: string,
  options: WorkflowOptions<In, Out, E>,
): Flow<{ readonly input: Ref<z.output<In>> }, WorkflowEnd<In, Out, E>> {
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9]{0,79}$/.test(name))
    throw new DefinitionError(
      `${name}: a workflow's name stands as \${${name}} in its parents' machines; use up to 80 letters and digits, ` +
        `beginning with a letter`,
    );
  const { input, output, encryptedWith, comment, ...given } = optionsOf(options, OPTIONS, name);
  const timeoutSeconds = secondsOf(given.timeout, `${name} › timeout`);
  const errors = namesOf(given.errors ?? [], 'errors', name);
  const checkable = inputSchema(schemaOf(input, `${name} › input`), `${name} › input`);
  refuseChanged(schemaOf(output, `${name} › output`), `${name} › output`);
  const finish = (flow: FlowNode): Workflow<In, Out, E> => {
    const node: WorkflowNode = deepFreeze({
      kind: 'workflow',
      name,
      comment,
      input: checkable.schema,
      output: outputSchema(output),
      unchecked: checkable.unchecked,
      errors,
      encryptedWith,
      timeoutSeconds,
      flow,
    });
    const failures = errorsOf(flow);
    const call = (given: unknown, how: ExecutionOptions = {}) => {
      refuseText(checkable.schema, `${name} › input`);
      const child: CallNode = {
        kind: 'workflow',
        workflow: name,
        errors: failures.open ? undefined : [...failures.names],
        arguments: templateFor(given, input, name),
        executionName: executionNameOf(how, name),
        encryptedWith,
        output: node.output,
        timeoutSeconds: timeoutSeconds + GRACE_SECONDS,
        waitsFor: 'result',
      };
      return { node: child } as StartableCall<WrittenFor<Out>, ChildError | E, StartedExecution>;
    };
    return Object.assign(call, { workflowName: name, input, output, errors, node });
  };
  return new Flow({
    end: { in: 'workflow', errors, output, finish },
    place: name,
    scope: { input: referenceTo('input') },
    steps: [],
    around: [],
    stem: { place: name },
  });
}

const OPTIONS = ['input', 'output', 'errors', 'timeout', 'comment', 'encryptedWith'];

/** Step Functions takes a child execution's input that is text for JSON text. */
function refuseText(input: JsonObject, place: string): void {
  if (scalarKinds(input).has('string'))
    throw new DefinitionError(
      `${place}: may be a string, which does not reach a child execution as it is; make it an object, z.object({ value: … })`,
    );
}

function executionNameOf(options: ExecutionOptions, workflow: string): ExpressionNode | undefined {
  const { name } = optionsOf(options, ['name'], workflow);
  if (name === undefined) return undefined;
  const node = operandOf(name, `${workflow} › name`);
  if (
    node.kind === 'literal' &&
    !(typeof node.value === 'string' && /^[A-Za-z0-9_-]{1,80}$/.test(node.value))
  )
    throw new DefinitionError(
      `${workflow}: an execution's name has up to 80 letters, digits, - and _, got ${shown(node.value)}; change it`,
    );
  return node;
}
