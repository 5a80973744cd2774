import type { Environment } from '../handler.ts';
import type { LambdaControlPlane } from './control-plane.ts';
import { eventSourceMapping, isLeaving } from './mappings-in-scope.ts';

/** Seconds between two looks: each look may take several calls of a small budget. */
const LOOK_EVERY_MILLISECONDS = 5000;

/** What is waited for: the state that each mapping must reach. */
export type WantedStates = ReadonlyMap<string, 'Enabled' | 'Disabled'>;

/**
 * Looks at mappings until each is in its wanted state or has been deleted, or `until` (milliseconds since
 * the epoch) or the invocation's deadline has come.
 * @returns those that are not there yet, by UUID, with the state they are in.
 */
export async function awaitMappings(
  wanted: WantedStates,
  until: number,
  { plane, environment }: { plane: LambdaControlPlane; environment: Environment },
): Promise<ReadonlyMap<string, string>> {
  if (wanted.size === 0) return new Map();
  const { clock, deadline } = environment;
  for (;;) {
    const now = new Map((await plane.mappings()).map(eventSourceMapping).map((one) => [one.uuid, one]));
    const late = new Map(
      [...wanted]
        .filter(([uuid, state]) => !isLeaving(now.get(uuid)) && now.get(uuid)?.state !== state)
        .map(([uuid]) => [uuid, now.get(uuid)?.state ?? '']),
    );
    if (late.size === 0 || clock.now() + LOOK_EVERY_MILLISECONDS > Math.min(until, deadline)) return late;
    await clock.sleep(LOOK_EVERY_MILLISECONDS);
  }
}
