import { itemProcessorOf } from '../asl/item-processor.ts';
import type { State } from '../asl/machine.ts';
import type { Refusal } from './query-language.ts';
import { isActivity } from './task-resource.ts';

const pattern = /\.(sync:2|sync|waitForTaskToken)$/;

/**
 * What CreateStateMachine refuses of a state because its machine is Express: all that waits for longer than an answer.
 * Source: developer guide, "Choosing workflow type in Step Functions"; the words were seen on AWS for
 * `.waitForTaskToken`.
 */
export function* refusedInExpress(state: State): Iterable<Refusal> {
  const failed = 'SCHEMA_VALIDATION_FAILED: Express state machine does not support';
  if (state.Type === 'Map' && itemProcessorOf(state).ProcessorConfig?.Mode === 'DISTRIBUTED')
    yield { what: `${failed} a distributed Map`, field: 'ItemProcessor/ProcessorConfig/Mode' };
  if (state.Type !== 'Task') return;
  const { Resource } = state;
  const [waiting] = pattern.exec(Resource) ?? [];
  if (isActivity(Resource)) yield { what: `${failed} Activity ARN`, field: 'Resource' };
  else if (waiting !== undefined)
    yield { what: `${failed} '${waiting}' service integration `, field: 'Resource' };
}
