import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import type { IncidentControls } from '../lambda-control/incident-controls.ts';
import { mappingSwitches } from './mapping-switches.ts';
import { pipeSwitches } from './pipe-switches.ts';
import { ruleSwitches } from './rule-switches.ts';
import { scheduleSwitches } from './schedule-switches.ts';
import type { Switches } from './switches.ts';

/**
 * Every kind of switch, in the order in which a freeze switches them off: what starts work by itself, then what carries
 * it to the functions. A thaw goes the other way.
 * @param functions whose event-source mappings a freeze switches off.
 */
export function allSwitches(
  { environment, plane, allowChange }: IncidentControls,
  functions: readonly FunctionInScope[] = [],
): readonly Switches[] {
  return [
    scheduleSwitches(environment, allowChange),
    ruleSwitches(environment, allowChange),
    pipeSwitches(environment, allowChange),
    mappingSwitches(plane, functions),
  ];
}
