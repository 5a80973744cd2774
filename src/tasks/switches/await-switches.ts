import type { Environment } from '../handler.ts';
import { answerBy } from '../pacing/answer-by.ts';
import type { Stand, Switch, Switches } from './switches.ts';

/** Each look may take several calls of a small budget. */
const LOOK_EVERY_MILLISECONDS = 5000;

export interface Awaited {
  readonly switches: Switches;
  /** Those waited for. */
  readonly ones: readonly Pick<Switch, 'id' | 'functionName'>[];
  /** What ends the waiting; a switch that is deleted meanwhile is not waited for. */
  readonly stands: readonly Stand[];
}

export interface LateSwitch {
  readonly switches: Switches;
  readonly one: Switch;
}

/**
 * Looks at switches until each stands as it should.
 * @param patience the longest to wait, in milliseconds; the invocation's time ends it too, but for what its answer takes.
 * @returns those that are late.
 */
export async function awaitSwitches(
  awaited: readonly Awaited[],
  patience: number,
  environment: Environment,
): Promise<LateSwitch[]> {
  const { clock } = environment;
  const until = Math.min(clock.now() + patience, answerBy(environment));
  for (;;) {
    const late: LateSwitch[] = [];
    for (const { switches, ones, stands } of awaited) {
      const now = ones.length === 0 ? [] : await switches.look(ones);
      late.push(
        ...now
          .filter(({ stand }) => stand !== 'gone' && !stands.includes(stand))
          .map((one) => ({ switches, one })),
      );
    }
    if (late.length === 0 || clock.now() + LOOK_EVERY_MILLISECONDS > until) return late;
    await clock.sleep(LOOK_EVERY_MILLISECONDS);
  }
}
