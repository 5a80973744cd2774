import type { StateNode } from './machine-tree.ts';
import { resourceOf } from './resource.ts';

/** Why an error cannot come. */
export interface Reason {
  readonly why: string;
  readonly remedy: string;
}

interface Source {
  readonly fails: (state: StateNode) => boolean;
  readonly what: string;
}

const ofMap = (field: string): Source => ({
  fails: ({ type, value }) => type === 'Map' && value[field] !== undefined,
  what: `only a Map with ${/^[AEIOU]/.test(field) ? 'an' : 'a'} ${field} fails with it`,
});
const ofLanguage = (language: StateNode['language']): Source => ({
  fails: (state) => state.language === language,
  what: `only a state in ${language} fails with it`,
});
const ofHttp: Source = {
  fails: ({ value }) => {
    const resource = resourceOf(value.Resource);
    return resource?.kind === 'optimised' && resource.service === 'http';
  },
  what: 'only a call of http:invoke fails with it',
};

/** The states that alone can fail with an error. Source: developer guide, "Handling errors in Step Functions workflows". */
const SOURCES: ReadonlyMap<string, Source> = new Map([
  ['States.ItemReaderFailed', ofMap('ItemReader')],
  ['States.ResultWriterFailed', ofMap('ResultWriter')],
  [
    'States.ExceedToleratedFailureThreshold',
    {
      fails: ({ inner }: StateNode) => inner.some(({ distributed }) => distributed),
      what: 'only a distributed Map fails with it',
    },
  ],
  [
    'States.BranchFailed',
    {
      fails: ({ type }: StateNode) => type === 'Parallel' || type === 'Map',
      what: 'only a Parallel fails with it',
    },
  ],
  [
    'States.NoChoiceMatched',
    { fails: ({ type }: StateNode) => type === 'Choice', what: 'only a Choice fails with it' },
  ],
  ['States.ParameterPathFailure', ofLanguage('JSONPath')],
  ['States.IntrinsicFailure', ofLanguage('JSONPath')],
  ['States.ResultPathMatchFailure', ofLanguage('JSONPath')],
  ['States.QueryEvaluationError', ofLanguage('JSONata')],
]);

/** Why neither a state nor any inside it can fail with an error of Step Functions' own. */
export function noSource(name: string, state: StateNode): Reason | undefined {
  const source = name.startsWith('States.Http.') ? ofHttp : SOURCES.get(name);
  if (source === undefined) return undefined;
  if (failsWithAnything(state) || withinOf(state).some(source.fails)) return undefined;
  return { why: source.what, remedy: 'remove it' };
}

const withinOf = (state: StateNode): readonly StateNode[] => [
  state,
  ...state.inner.flatMap(({ states }) => states.flatMap(withinOf)),
];

/** A Task that is failed by others: an activity, whoever holds its token, the job that it waits for. */
export function failsWithAnything({ type, value }: StateNode): boolean {
  if (type !== 'Task') return false;
  const resource = resourceOf(value.Resource);
  if (resource === undefined || resource.kind === 'activity' || resource.kind === 'placeholder') return true;
  return 'pattern' in resource && resource.pattern !== '';
}
