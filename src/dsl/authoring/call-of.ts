import type { z } from 'zod';
import { DefinitionError } from '../ast/definition-error.ts';
import type { CallNode } from '../ast/step-node.ts';
import { schemasOf } from './call-schemas.ts';
import { type Ground, calledWith } from './checked.ts';
import { jsonSchemaOf } from './schema/json-schema.ts';
import { refuseChanged, refuseNoJson } from './schema/refuse-schema.ts';
import { scalarKinds } from './schema/scalar-kind.ts';
import { isCall, shown } from './shown.ts';

/** The call that a callback makes. */
export function callOf(
  callback: unknown,
  ground: Ground<unknown> & { readonly also?: unknown },
  what = 'the call',
): CallNode {
  const given: unknown = calledWith(callback, ground, what);
  if (typeof given === 'object' && given !== null && isCall(given)) {
    const { node } = given as { readonly node: CallNode };
    refuseSchemas(node, ground.place);
    return node;
  }
  throw new DefinitionError(
    `${ground.place}: ${what} must give what a task, a workflow or an AWS action makes, got ${shown(given)}; ` +
      `write for example ({ input }) => charge({ order: input.id })`,
  );
}

/** A task's schemas, which it does not look at itself. */
function refuseSchemas(call: CallNode, place: string): void {
  const { input, output } = schemasOf(call) ?? {};
  if (call.kind !== 'task' || input === undefined || output === undefined) return;
  refuseNoJson(input, `${place}: ${call.task} › input`);
  refuseScalar(input, `${place}: ${call.task} › input`);
  refuseChanged(output, `${place}: ${call.task} › output`);
}

/**
 * Step Functions takes a function's payload that is text for JSON text, and one that is a number or boolean ends the
 * execution. Both were seen on AWS.
 */
function refuseScalar(input: z.ZodType, place: string): void {
  const [kind] = scalarKinds(jsonSchemaOf(input, 'input'));
  if (kind !== undefined)
    throw new DefinitionError(
      `${place}: may be a ${kind}, which does not reach a function as it is; make it an object, z.object({ value: … })`,
    );
}
