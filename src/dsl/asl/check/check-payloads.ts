import type { Check } from './check.ts';
import { cyclesOf } from './cycles.ts';
import { at, type Fault } from './finding.ts';
import type { StateNode } from './machine-tree.ts';
import { isTerminal } from './transitions.ts';

/** Bytes of UTF-8 that a state may pass on. Source: developer guide, "Step Functions service quotas". */
const LARGEST = 262_144;

const FIELDS = ['Arguments', 'Parameters', 'Output', 'Assign', 'Result', 'ItemSelector', 'Items'];

/** What is, or may well grow, larger than a state may pass on. */
export const checkPayloads: Check = ({ states, flows }) => [
  ...states.flatMap(tooLarge),
  ...states.filter(keepsWholeResults).map((state): Fault => ({
    code: 'unprojected-results',
    ...at(state),
    problem: 'the whole of every result is kept, and together they may exceed 262144 bytes',
    remedy: remedyOf(state),
  })),
  ...flows.flatMap(cyclesOf).flatMap((loop) => loop.flatMap(growing)),
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

/** Variables to which a state of a loop appends. */
function growing(state: StateNode): readonly Fault[] {
  if (state.language !== 'JSONata') return [];
  return state.reads.flatMap(({ place, text }): readonly Fault[] => {
    const name = /\/Assign\/([^/]+)$/.exec(place)?.[1];
    if (name === undefined || !appendsTo(name, text)) return [];
    const problem = `$${name} grows each time the loop goes round`;
    const remedy = 'bound the rounds, or write the parts to S3 or a table';
    return [{ code: 'growing-payload', ...at({ name: state.name, place }), problem, remedy }];
  });
}

const appendsTo = (name: string, text: string): boolean =>
  [
    String.raw`\$append\(\s*\$${name}\s*,`,
    String.raw`\[\s*\$${name}\s*,`,
    String.raw`\$merge\(\s*\[\s*\$${name}\s*,`,
  ].some((pattern) => new RegExp(pattern, 'u').test(text));
