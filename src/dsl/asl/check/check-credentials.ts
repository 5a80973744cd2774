import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject, shown } from './json-value.ts';

/** Credentials must name the role to take. Source: ASL specification, "Task State", "Credentials". */
export const checkCredentials: Check = ({ states }) =>
  states.flatMap((state): readonly Fault[] => {
    const { Credentials: credentials } = state.value;
    if (state.type !== 'Task' || !isObject(credentials)) return [];
    const { RoleArn: role } = credentials;
    if (role === undefined) {
      if (state.language === 'JSONPath' && credentials['RoleArn.$'] !== undefined) return [];
      const problem = 'Credentials must have RoleArn';
      const remedy = 'add the ARN of the role';
      const awsMessage = "The field 'RoleArn' is required but was missing";
      return [{ code: 'missing-field', ...at(state, '/Credentials'), problem, remedy, awsMessage }];
    }
    if (typeof role !== 'string' || role.startsWith('{%') || role.includes('${') || ROLE.test(role))
      return [];
    const problem = `RoleArn must be the ARN of a role, got ${shown(role)}`;
    const remedy = "write it as 'arn:aws:iam::123456789012:role/Name'";
    return [{ code: 'bad-role-arn', ...at(state, '/Credentials/RoleArn'), problem, remedy }];
  });

const ROLE = /^arn:[^:]+:iam::[^:]*:role\/./;
