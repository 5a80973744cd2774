import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import type { LambdaControlPlane } from '../lambda-control/control-plane.ts';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import { mappingsInScope, eventSourceMapping } from '../lambda-control/mappings-in-scope.ts';
import type { Stand, Switch, Switches } from './switches.ts';

/** Lambda's words (API_EventSourceMappingConfiguration); Creating and Updating do not tell. */
const STANDS: Readonly<Record<string, Stand>> = {
  Enabled: 'on',
  Enabling: 'turningOn',
  Disabled: 'off',
  Disabling: 'turningOff',
  Deleting: 'gone',
};

/**
 * The event-source mappings of the account and region.
 * @param functions a freeze switches off the mappings that feed these.
 */
export function mappingSwitches(
  plane: LambdaControlPlane,
  functions: readonly FunctionInScope[] = [],
): Switches {
  return {
    kind: 'mapping',
    words: { on: 'Enabled', off: 'Disabled' },
    find: async () => mappingsInScope(await plane.mappings(), functions).map(switchOf),
    look: async (wanted) => {
      const all = (await plane.mappings()).map(eventSourceMapping).map(switchOf);
      const found = new Map(all.map((one) => [one.id, one]));
      const looks: Switch[] = [];
      // One that the list lacks is asked for by itself before it counts as gone.
      for (const one of wanted) looks.push(found.get(one.id) ?? alone(one, await plane.mapping(one.id)));
      return looks;
    },
    turn: async (uuid, on) => ((await plane.setMappingEnabled(uuid, on)) ? 'turned' : 'gone'),
  };
}

function alone(
  { id, functionName }: Pick<Switch, 'id' | 'functionName'>,
  answer: EventSourceMappingConfiguration | undefined,
): Switch {
  if (answer === undefined) return { id, functionName, stand: 'gone', state: 'gone' };
  return switchOf(eventSourceMapping(answer));
}

function switchOf({ uuid, functionName, state }: ReturnType<typeof eventSourceMapping>): Switch {
  return { id: uuid, functionName, state, stand: STANDS[state] ?? 'unclear' };
}
