import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import type { StateNode } from './machine-tree.ts';
import { isTerminal } from './transitions.ts';

/** Bytes of UTF-8 that a state may pass on. Source: developer guide, "Step Functions service quotas". */
const LARGEST = 262_144;

const FIELDS = ['Arguments', 'Parameters', 'Output', 'Assign', 'Result', 'ItemSelector', 'Items'];

/** What is, or may well be, larger than a state may pass on. */
export const checkPayloads: Check = ({ states }) => [
  ...states.flatMap(tooLarge),
  ...states.filter(keepsWholeResults).map((state): Fault => ({
    code: 'unprojected-results',
    ...at(state),
    problem: 'the whole of every result is kept, and together they may exceed 262144 bytes',
    remedy: remedyOf(state),
  })),
];

function tooLarge(state: StateNode): readonly Fault[] {
  return FIELDS.filter((field) => state.value[field] !== undefined).flatMap((field): readonly Fault[] => {
    const bytes = Buffer.byteLength(JSON.stringify(state.value[field]));
    if (bytes <= LARGEST) return [];
    const problem = `${field} alone has ${bytes} bytes, more than ${LARGEST}`;
    return [
      {
        code: 'payload-too-large',
        ...at(state, `/${field}`),
        problem,
        remedy: 'keep it in S3 and pass its key',
      },
    ];
  });
}

/**
 * Maps whose bodies end in a call whose reply is passed on as it is; of the distributed ones, which may have any
 * number of items, those that read them from S3, or whose bodies pass anything on as it is.
 */
function keepsWholeResults(state: StateNode): boolean {
  if (state.type !== 'Map' || !keepsResult(state) || state.value.ResultWriter !== undefined) return false;
  const ends = state.inner.flatMap(({ states }) => states).filter(isTerminal);
  if (!state.inner.some(({ distributed }) => distributed))
    return ends.some((end) => end.type === 'Task' && passesOn(end));
  return state.value.ItemReader !== undefined || ends.some((end) => end.type !== 'Fail' && passesOn(end));
}

function keepsResult({ language, value, reads }: StateNode): boolean {
  if (language === 'JSONPath')
    return value.ResultPath !== null && value.OutputPath !== null && value.ResultSelector === undefined;
  const whole = reads.some(
    ({ field, text }) => (field === 'Output' || field === 'Assign') && text.trim() === '$states.result',
  );
  return whole || value.Output === undefined;
}

/** Whether a state's output is what came in, or came back. */
const passesOn = ({ value }: StateNode): boolean =>
  ['Output', 'Result', 'Parameters', 'ResultSelector', 'ResultPath', 'OutputPath'].every(
    (field) => value[field] === undefined || (field === 'Parameters' && value.Type !== 'Pass'),
  );

const remedyOf = ({ language, inner }: StateNode): string => {
  const project = language === 'JSONata' ? 'an Output' : 'a ResultSelector';
  return inner.some(({ distributed }) => distributed)
    ? `add a ResultWriter, or ${project} that keeps only what is needed`
    : `end the body's last call with ${project} that keeps only what is needed`;
};
