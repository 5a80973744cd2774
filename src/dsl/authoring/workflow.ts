import * as z from 'zod';
import type { JsonObject } from '../asl/machine.ts';
import { deepFreeze } from '../ast/freeze.ts';
import type { WorkflowNode } from '../ast/step-node.ts';
import { type Ref, type Template, referenceTo } from '../expression/expression.ts';
import { templateOf } from '../expression/template.ts';
import type { Call } from './call.ts';
import { type Duration, seconds } from './duration.ts';
import { Flow, type WorkflowEnd } from './flow.ts';

/** A finished workflow: compile it, or call it from another one as a child execution. */
export interface Workflow<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  (given: Template<z.input<In>>): Call<z.output<Out>>;
  /** Its state machine's logical name. */
  readonly workflowName: string;
  readonly input: In;
  readonly output: Out;
  readonly node: WorkflowNode;
}

export interface WorkflowOptions<In extends z.ZodType, Out extends z.ZodType> {
  /** What an execution's input must be; the machine's first state refuses anything else. */
  readonly input: In;
  readonly output: Out;
  /** How long an execution may take. A child's must be shorter than its parent's. */
  readonly timeout: Duration;
  readonly comment?: string;
}

/** Seconds that a parent waits beyond its child's own timeout, so that the child's answer arrives first. */
const GRACE_SECONDS = 60;

/**
 * Begins a workflow: add steps, then say what it `returns`. It becomes one Step Functions state machine.
 *
 * @example
 * const greet = workflow('Greet', { input: z.object({ name: z.string() }), output: z.object({ text: z.string() }), timeout: '1 minute' })
 *   .returns(({ input }) => ({ text: concat('Hello, ', input.name) }));
 */
export function workflow<In extends z.ZodType, Out extends z.ZodType>(
  name: string,
  options: WorkflowOptions<In, Out>,
): Flow<{ readonly input: Ref<z.output<In>> }, WorkflowEnd<In, Out>> {
  const timeoutSeconds = seconds(options.timeout);
  const end: WorkflowEnd<In, Out> = {
    in: 'workflow',
    finish: (flow) => {
      const node: WorkflowNode = deepFreeze({
        kind: 'workflow',
        name,
        comment: options.comment,
        input: z.toJSONSchema(options.input, { io: 'input', unrepresentable: 'any' }) as JsonObject,
        timeoutSeconds,
        flow,
      });
      const call = (given: Template<z.input<In>>): Call<z.output<Out>> => ({
        node: {
          kind: 'workflow',
          workflow: name,
          arguments: templateOf(given, name),
          timeoutSeconds: timeoutSeconds + GRACE_SECONDS,
        },
      });
      return Object.assign(call, { workflowName: name, input: options.input, output: options.output, node });
    },
  };
  return new Flow(end, name, { scope: { input: referenceTo<z.output<In>>('input') }, steps: [] });
}
