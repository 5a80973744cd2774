import type { Json } from '../../asl/machine.ts';
import { executing, StateFailure } from '../state-failure.ts';
import type { TaskResource } from '../task-resource.ts';
import type { Visit } from '../visit.ts';
import { objectOf } from '../object-of.ts';

/**
 * Refuses arguments that the integration has no use for. `lambda:invoke` takes JSON text for its Payload, and makes
 * text of objects, arrays and null by itself, but not of numbers and booleans (seen on AWS, with these words).
 * @throws StateFailure States.Runtime
 */
export function checkArguments(visit: Visit, { resourceType, action }: TaskResource, args: Json): void {
  if (resourceType !== 'lambda' || action !== 'invoke') return;
  const { Payload } = objectOf(args);
  if (typeof Payload !== 'number' && typeof Payload !== 'boolean') return;
  const field = 'Arguments' in visit.state ? 'Arguments' : 'Parameters';
  throw new StateFailure(
    'States.Runtime',
    `${executing(visit.name, visit.enteredEventId)} The ${field} '${JSON.stringify(args)}' could not be used to ` +
      "start the Task: [The value for the field 'Payload' must be a STRING]",
  );
}
