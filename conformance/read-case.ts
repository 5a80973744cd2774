import type { StateMachine } from '../src/dsl/asl/machine.ts';
import type { CorpusCase } from './corpus-case.ts';

type Written = { readonly [field in keyof CorpusCase]?: CorpusCase[field] | null };

const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:StateMachine';

/**
 * A case with its gaps filled: names that are not told are made up, an input that is not given is an empty object.
 * @throws Error when there is nothing to run.
 */
export function readCase(content: unknown): CorpusCase {
  const written = (content ?? {}) as Written;
  const { id, input, machineType, recordedDate, snapshotKey, ...rest } = written;
  return {
    id: id ?? '',
    definition: definitionOf(written.definition),
    input: input === undefined ? {} : input,
    machineType: machineType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    stateMachineArn: rest.stateMachineArn ?? machine,
    executionArn: rest.executionArn ?? `${machine.replace(':stateMachine:', ':execution:')}:Execution`,
    taskReplies: rest.taskReplies ?? [],
    fixtures: rest.fixtures ?? {},
    recordedDate: recordedDate ?? '',
    snapshotKey: snapshotKey ?? '',
    eventsReordered: rest.eventsReordered ?? false,
    placeholders: rest.placeholders ?? {},
    inputHasCaptureTimeTimestamps: rest.inputHasCaptureTimeTimestamps ?? false,
  };
}

/** A definition is an object, or the text that the API takes. */
function definitionOf(written: unknown): StateMachine {
  const definition: unknown = typeof written === 'string' ? JSON.parse(written) : written;
  if (typeof definition === 'object' && definition !== null && 'States' in definition)
    return definition as StateMachine;
  throw new Error('the case has no definition with States');
}
