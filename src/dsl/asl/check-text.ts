import { checkMachine } from './check-machine.ts';
import type { CheckOptions } from './check/check-options.ts';
import type { Finding } from './check/finding.ts';
import { findingOf } from './check/finding-of.ts';
import { JsonTextError, readJson } from './check/json-text.ts';
import { tooDeep } from './check/nesting.ts';

/**
 * Checks a definition as text: all that `checkMachine` finds, keys that are given twice, and, at
 * `line:column`, why a text is not JSON.
 *
 * @example
 * checkText('{ "StartAt": }').map(({ code, place }) => `${code} at ${place}`); // → ["invalid-json at 1:14"]
 */
export function checkText(text: string, options: CheckOptions = {}): readonly Finding[] {
  if (text.trim() === '') return checkMachine(text, options);
  try {
    const { value, repeated } = readJson(text);
    const lost = repeated.map((place) =>
      findingOf({
        code: 'duplicate-key',
        state: '',
        place,
        problem: 'the same object has this key already, and what stands there first is lost',
        remedy: 'rename or remove one of them',
      }),
    );
    return [...lost, ...checkMachine(value, options)];
  } catch (fault) {
    if (!(fault instanceof JsonTextError)) throw fault;
    const place = `${fault.line}:${fault.column}`;
    if (fault.tooDeep) return [findingOf(tooDeep(place))];
    const remedy = 'mend the JSON there';
    return [findingOf({ code: 'invalid-json', state: '', place, problem: fault.message, remedy })];
  }
}
