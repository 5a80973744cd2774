import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject } from './json-value.ts';

/** Credentials must name the role to take. Source: ASL specification, "Task State", "Credentials". */
export const checkCredentials: Check = ({ states }) =>
  states.flatMap((state): readonly Fault[] => {
    const { Credentials: credentials } = state.value;
    if (state.type !== 'Task' || !isObject(credentials)) return [];
    if (credentials.RoleArn !== undefined) return [];
    if (state.language === 'JSONPath' && credentials['RoleArn.$'] !== undefined) return [];
    const problem = 'Credentials must have RoleArn';
    return [
      { code: 'missing-field', ...at(state, '/Credentials'), problem, remedy: 'add the ARN of the role' },
    ];
  });
