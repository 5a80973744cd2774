import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isList, isObject, shown, step } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';

const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'Credentials'];

const looksLikePath = (value: unknown): value is string =>
  typeof value === 'string' && /^(?:\$\$?\.[A-Za-z_]|\$\[|\$\$?$|States\.[A-Z]\w*\()/.test(value);

/** Texts of JSONPath states that look like paths, but stand where none is read; keys of JSONPath in JSONata. */
export const checkTemplates: Check = ({ states }) =>
  states.flatMap((state) =>
    state.language === 'JSONata' ? pathKeys(state) : [...plainPaths(state), ...staticResult(state)],
  );

function plainPaths(state: StateNode): readonly Fault[] {
  return TEMPLATES.flatMap((field) =>
    leaves(state.value[field], `/${field}`).flatMap(({ key, part, value }): readonly Fault[] => {
      if (key === undefined || key.endsWith('.$') || !looksLikePath(value)) return [];
      const problem = `${shown(value)} is passed on as text`;
      return [{ code: 'no-dollar', ...at(state, part), problem, remedy: `write the key as '${key}.$'` }];
    }),
  );
}

/** `Result` is data: Parameters evaluates. */
function staticResult(state: StateNode): readonly Fault[] {
  if (state.type !== 'Pass') return [];
  return leaves(state.value.Result, '/Result')
    .filter(({ key, value }) => (key?.endsWith('.$') ?? false) || looksLikePath(value))
    .map(({ part, value }): Fault => ({
      code: 'static-result',
      ...at(state, part),
      problem: `Result is never evaluated, so ${shown(value)} stays text`,
      remedy: 'use Parameters',
    }));
}

/** Keys that end in `.$` mean nothing to JSONata, so the value goes out under that very key. */
function pathKeys(state: StateNode): readonly Fault[] {
  return ['Arguments', 'Output', 'Assign', 'ItemSelector'].flatMap((field) =>
    leaves(state.value[field], `/${field}`)
      .filter(({ key }) => key?.endsWith('.$') ?? false)
      .map(({ key, part }): Fault => ({
        code: 'other-language-field',
        ...at(state, part),
        problem: `the key '${key}' is written for JSONPath`,
        remedy: "drop '.$' and write the value as '{% … %}'",
      })),
  );
}

interface Leaf {
  /** The key it stands under; undefined in a list. */
  readonly key: string | undefined;
  readonly part: string;
  readonly value: unknown;
}

/** The innermost values. */
function leaves(value: unknown, part: string, key?: string): readonly Leaf[] {
  if (isList(value)) return value.flatMap((one, index) => leaves(one, part + step(index)));
  if (isObject(value))
    return Object.entries(value).flatMap(([name, one]) => leaves(one, part + step(name), name));
  return value === undefined ? [] : [{ key, part, value }];
}
