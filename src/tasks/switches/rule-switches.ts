import { DescribeRuleCommand, DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import type { Environment } from '../handler.ts';
import { ControlCalls } from '../pacing/control-calls.ts';
import { unlessGone } from '../unless-gone.ts';
import { namedSwitches } from './named-switches.ts';
import { pausedIds, placeOf } from './pause.ts';
import type { Stand, Switches } from './switches.ts';

/** Of the 50 a second that all calls but PutEvents share (EventBridge user guide, "Amazon EventBridge quotas"). */
export const RULE_CALLS_PER_SECOND = 20;
export const RULE_PASSING_ERRORS = [
  'ThrottlingException',
  'InternalException',
  'ConcurrentModificationException',
];

/** `State` (API_DescribeRule). EnableRule would not bring back the one that takes read-only management events too. */
const STANDS: Readonly<Record<string, Stand>> = { ENABLED: 'on', DISABLED: 'off' };

/** The rules of EventBridge that the system names, as `bus/name`. */
export function ruleSwitches(environment: Environment<'events'>, allowChange: () => Promise<void>): Switches {
  const { events, system } = environment;
  const calls = new ControlCalls(environment, {
    perSecond: RULE_CALLS_PER_SECOND,
    passing: RULE_PASSING_ERRORS,
    allowChange,
  });
  const ruleOf = (id: string) => {
    const { within, name } = placeOf(id);
    return { Name: name, EventBusName: within };
  };
  return namedSwitches({
    kind: 'rule',
    words: { on: 'ENABLED', off: 'DISABLED' },
    ids: pausedIds(system.pause).rules,
    read: (id) =>
      unlessGone(async () => {
        const asked = new DescribeRuleCommand(ruleOf(id));
        const { State: state = '' } = await calls.read(() => events.send(asked));
        return { state, stand: STANDS[state] ?? 'unclear' };
      }),
    turn: async (id, on) => {
      const asked = on ? new EnableRuleCommand(ruleOf(id)) : new DisableRuleCommand(ruleOf(id));
      const answer = await unlessGone(() => calls.change(() => events.send(asked)));
      return answer === undefined ? 'gone' : 'turned';
    },
  });
}
