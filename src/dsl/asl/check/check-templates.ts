import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isList, isObject, objectsOf, shown, step } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';

const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'Credentials'];

const looksLikePath = (value: unknown): value is string =>
  typeof value === 'string' && /^(?:\$\$?\.[A-Za-z_]|\$\[|\$\$?$|States\.[A-Z]\w*\()/.test(value);

/** Texts that are written for the other query language, or look like paths but stand where none is read. */
export const checkTemplates: Check = ({ definition, states }) =>
  states.flatMap((state) =>
    state.language === 'JSONata'
      ? [...pathKeys(state), ...pathTexts(state), ...expressionKeys(state)]
      : [
          ...plainPaths(state),
          ...staticResult(state),
          ...(definition.QueryLanguage === 'JSONata' ? [] : expressionTexts(state)),
          ...doubledKeys(state),
        ],
  );

function plainPaths(state: StateNode): readonly Fault[] {
  return TEMPLATES.flatMap((field) =>
    leaves(state.value[field], `/${field}`).flatMap(({ key, part, value }): readonly Fault[] => {
      if (key === undefined || isPathKey(key) || !looksLikePath(value)) return [];
      const problem = `${shown(value)} is passed on as text`;
      return [{ code: 'no-dollar', ...at(state, part), problem, remedy: `write the key as '${key}.$'` }];
    }),
  );
}

/** `Result` is data: Parameters evaluates. */
function staticResult(state: StateNode): readonly Fault[] {
  if (state.type !== 'Pass') return [];
  return leaves(state.value.Result, '/Result')
    .filter(({ key, value }) => isPathKey(key) || looksLikePath(value))
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
      .filter(({ key }) => isPathKey(key))
      .map(({ key, part }): Fault => ({
        code: 'other-language-field',
        ...at(state, part),
        problem: `the key '${key}' is written for JSONPath`,
        remedy: "drop '.$' and write the value as '{% … %}'",
      })),
  );
}

const EVALUATED = ['Arguments', 'Output', 'Assign', 'ItemSelector', 'Error', 'Cause'];

/** All of a JSONata state that is evaluated, but for the places that tell a path themselves. */
const evaluated = (state: StateNode): readonly (readonly [part: string, value: unknown])[] => [
  ...EVALUATED.map((field) => [`/${field}`, state.value[field]] as const),
  ...(['Catch', 'Choices'] as const).flatMap((list) =>
    objectsOf(state.value[list]).flatMap(([one, index]) =>
      ['Output', 'Assign'].map((field) => [`/${list}${step(index)}/${field}`, one[field]] as const),
    ),
  ),
];

function pathTexts(state: StateNode): readonly Fault[] {
  return evaluated(state)
    .flatMap(([part, value]) => leaves(value, part))
    .filter(
      ({ key, value }) => typeof value === 'string' && /^\$\$?\.[A-Za-z_]/.test(value) && !isPathKey(key),
    )
    .map(({ part, value }): Fault => ({
      code: 'other-language-text',
      ...at(state, part),
      problem: `${shown(value)} is a path of JSONPath, and in JSONata only text`,
      remedy: `write '{% ${String(value)
        .replace(/^\$\$/, '$states.context')
        .replace(/^\$(?=\.)/, '$states.input')} %}'`,
    }));
}

function expressionKeys(state: StateNode): readonly Fault[] {
  return evaluated(state)
    .flatMap(([part, value]) => keysWithin(value, part))
    .filter(({ key }) => key.startsWith('{%'))
    .map(({ key, part }): Fault => ({
      code: 'other-language-text',
      ...at(state, part),
      problem: `the key ${shown(key)} is never evaluated`,
      remedy: "make the whole object an expression: '{% { $key: $value } %}'",
    }));
}

/** That a state of a JSONata machine is JSONPath is told by its own check. */
function expressionTexts(state: StateNode): readonly Fault[] {
  return [...TEMPLATES, 'Result', 'Error', 'Cause']
    .flatMap((field) => leaves(state.value[field], `/${field}`))
    .filter(({ value }) => typeof value === 'string' && /^\{%[\s\S]*%\}$/.test(value))
    .map(({ part, value }): Fault => ({
      code: 'other-language-text',
      ...at(state, part),
      problem: `${shown(value)} is an expression of JSONata, and in JSONPath only text`,
      remedy: "set the state's QueryLanguage to JSONata, or write a path under a key that ends in '.$'",
    }));
}

/** `id` beside `id.$`: both are meant for the same key. */
function doubledKeys(state: StateNode): readonly Fault[] {
  return TEMPLATES.flatMap((field) => keysWithin(state.value[field], `/${field}`))
    .filter(({ key, beside }) => isPathKey(key) && beside.includes(key.slice(0, -2)))
    .map(({ key, part }): Fault => ({
      code: 'doubled-key',
      ...at(state, part),
      problem: `'${key}' and '${key.slice(0, -2)}' make the same key`,
      remedy: 'keep one of them',
    }));
}

const isPathKey = (key: string | undefined): boolean => key?.endsWith('.$') ?? false;

interface Key {
  readonly key: string;
  readonly part: string;
  readonly beside: readonly string[];
}

/** Every key of an object and of those in it. */
function keysWithin(value: unknown, part: string): readonly Key[] {
  if (isList(value)) return value.flatMap((one, index) => keysWithin(one, part + step(index)));
  if (!isObject(value)) return [];
  const beside = Object.keys(value);
  return Object.entries(value).flatMap(([key, one]) => [
    { key, part: part + step(key), beside },
    ...keysWithin(one, part + step(key)),
  ]);
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
