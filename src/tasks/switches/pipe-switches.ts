import { DescribePipeCommand, StartPipeCommand, StopPipeCommand } from '@aws-sdk/client-pipes';
import type { Environment } from '../handler.ts';
import { ControlCalls } from '../pacing/control-calls.ts';
import { unlessGone } from '../unless-gone.ts';
import { namedSwitches } from './named-switches.ts';
import { pausedIds } from './pause.ts';
import type { Stand, Switches } from './switches.ts';

/** No page tells a rate for these calls; a handful of pipes needs no more. */
const CALLS_PER_SECOND = 5;
/** ConflictException: it is being changed (API_StopPipe). */
const PASSING_ERRORS = ['ThrottlingException', 'InternalException', 'ConflictException'];

/** `CurrentState` (API_DescribePipe); a start that failed left the pipe off, and a stop that failed on. */
const STANDS: Readonly<Record<string, Stand>> = {
  RUNNING: 'on',
  STARTING: 'turningOn',
  STOP_FAILED: 'on',
  STOPPED: 'off',
  STOPPING: 'turningOff',
  START_FAILED: 'off',
  DELETING: 'gone',
};

/** The pipes that the system names. */
export function pipeSwitches(environment: Environment<'pipes'>, allowChange: () => Promise<void>): Switches {
  const { pipes, system } = environment;
  const calls = new ControlCalls(environment, {
    perSecond: CALLS_PER_SECOND,
    passing: PASSING_ERRORS,
    allowChange,
  });
  return namedSwitches({
    kind: 'pipe',
    words: { on: 'RUNNING', off: 'STOPPED' },
    ids: pausedIds(system.pause).pipes,
    read: (Name) =>
      unlessGone(async () => {
        const { CurrentState: state = '' } = await calls.read(() =>
          pipes.send(new DescribePipeCommand({ Name })),
        );
        return { state, stand: STANDS[state] ?? 'unclear' };
      }),
    turn: async (Name, on) => {
      const asked = on ? new StartPipeCommand({ Name }) : new StopPipeCommand({ Name });
      const answer = await unlessGone(() => calls.change(() => pipes.send(asked)));
      return answer === undefined ? 'gone' : 'turned';
    },
  });
}
