import { DefinitionError } from '../ast/definition-error.ts';
import type { CallNode } from '../ast/step-node.ts';
import { schemasOf } from './call-schemas.ts';
import { type Ground, calledWith } from './checked.ts';
import { refuseChanged, refuseNoJson } from './schema/refuse-schema.ts';
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
  refuseChanged(output, `${place}: ${call.task} › output`);
}
