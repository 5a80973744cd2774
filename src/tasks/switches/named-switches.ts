import { lambdaErrorText } from '../aws-error.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import type { Switch, Switches } from './switches.ts';

const AT_ONCE = 4;

type Named = Pick<Switches, 'kind' | 'words' | 'turn'> & {
  /** Those that a freeze switches off. */
  readonly ids: readonly string[];
  /** How one stands now; undefined when there is none of that name. */
  readonly read: (id: string) => Promise<Pick<Switch, 'stand' | 'state'> | undefined>;
};

/** Switches that the system names one by one, and that are looked at one by one. */
export function namedSwitches({ kind, words, turn, ids, read }: Named): Switches {
  const look = (wanted: readonly string[]) =>
    inParallel(wanted, AT_ONCE, async (id): Promise<Switch> => {
      try {
        return { id, functionName: '', ...((await read(id)) ?? { stand: 'gone', state: 'gone' }) };
      } catch (error) {
        return { id, functionName: '', stand: 'unseen', state: lambdaErrorText(error) };
      }
    });
  return { kind, words, turn, find: () => look(ids), look: (ones) => look(ones.map(({ id }) => id)) };
}
