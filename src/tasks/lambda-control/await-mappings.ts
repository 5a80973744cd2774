import type { Environment } from '../handler.ts';
import type { LambdaControlPlane } from './control-plane.ts';
import { eventSourceMapping, isLeaving, type EventSourceMapping } from './mappings-in-scope.ts';

/** Each look may take several calls of a small budget. */
const LOOK_EVERY_MILLISECONDS = 5000;

export interface Awaited {
  /** The mappings waited for. */
  readonly uuids: readonly string[];
  /** The states that end the waiting; a mapping that is deleted meanwhile is not waited for. */
  readonly states: readonly string[];
  /** The longest to wait, in milliseconds; the invocation's deadline ends it too. */
  readonly patience: number;
}

/** Looks at mappings until each has come to its state. @returns those that are late. */
export async function awaitMappings(
  { uuids, states, patience }: Awaited,
  plane: LambdaControlPlane,
  { clock, deadline }: Environment,
): Promise<EventSourceMapping[]> {
  if (uuids.length === 0) return [];
  const until = Math.min(clock.now() + patience, deadline);
  for (;;) {
    const now = (await plane.mappings()).map(eventSourceMapping);
    const late = now.filter(
      (mapping) => uuids.includes(mapping.uuid) && !isLeaving(mapping) && !states.includes(mapping.state),
    );
    if (late.length === 0 || clock.now() + LOOK_EVERY_MILLISECONDS > until) return late;
    await clock.sleep(LOOK_EVERY_MILLISECONDS);
  }
}
