import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject, shown } from './json-value.ts';
import { resourceOf } from './resource.ts';

const LONGEST = 80;
/** Source: API reference, "StartExecution", "name". */
const FORBIDDEN = /[\s?*<>{}[\]"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Names of executions that are started: written out, a name can be given only once in 90 days. */
export const checkExecutions: Check = ({ states }) =>
  states.flatMap((state): readonly Fault[] => {
    const resource = state.type === 'Task' ? resourceOf(state.value.Resource) : undefined;
    if (resource === undefined || !('action' in resource) || resource.action !== 'startExecution') return [];
    const field = state.language === 'JSONata' ? 'Arguments' : 'Parameters';
    const given = state.value[field];
    const name = isObject(given) ? given.Name : undefined;
    if (typeof name !== 'string' || name.startsWith('{%') || name.includes('${')) return [];
    const here = at(state, `/${field}/Name`);
    const character = FORBIDDEN.exec(name)?.[0];
    if (character !== undefined || name.length > LONGEST || name === '') {
      const problem =
        character === undefined
          ? `the name of an execution has 1 to ${LONGEST} characters, got ${name.length}`
          : `the name of an execution may not have the character ${shown(character)}`;
      return [{ code: 'bad-execution-name', ...here, problem, remedy: "use letters, digits, '-' and '_'" }];
    }
    const problem = `every execution that comes here starts one of the same name, ${shown(name)}, and the second fails`;
    return [{ code: 'fixed-execution-name', ...here, problem, remedy: 'compute it, or leave it out' }];
  });
