import type { Json, JsonObject } from '../asl/machine.ts';
import { bareName } from '../simulator/arns.ts';

/** An attempt of a Task. */
export interface TestCall {
  /** The state, as the path has it. */
  readonly state: string;
  /** A function or state machine by its bare name; of any other call the service and the action, `dynamodb:getItem`. */
  readonly called: string;
  /** What a function gets as its payload, a state machine as its input; of any other call its arguments. */
  readonly arguments: Json;
  /** The Resource, word for word. */
  readonly resource: string;
  /** How often the task was tried before. */
  readonly attempt: number;
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
}

type Meant = Pick<TestCall, 'called' | 'arguments'>;

/** What a Task's Resource and arguments mean to whoever wrote them. */
export function meantBy(resource: string, given: Json): Meant {
  const action = actionOf(resource);
  const fields = given as JsonObject;
  if (action === 'lambda:invoke' && typeof fields['FunctionName'] === 'string')
    return { called: bareName(fields['FunctionName'], 'function'), arguments: fields['Payload'] ?? {} };
  if (action === 'states:startExecution' && typeof fields['StateMachineArn'] === 'string')
    return { called: bareName(fields['StateMachineArn'], 'stateMachine'), arguments: fields['Input'] ?? {} };
  const [, service] = /^arn:[^:]+:([^:]+):/.exec(resource) ?? [];
  if (service === 'lambda') return { called: bareName(resource, 'function'), arguments: given };
  return { called: action, arguments: given };
}

/** The service and the action of a Resource: `dynamodb:getItem`, also of an SDK integration, whatever it waits for. */
export const actionOf = (resource: string): string =>
  resource
    .replace(/^arn:[^:]+:states:[^:]*:[^:]*:/, '')
    .replace(/\.(?:sync(?::2)?|waitForTaskToken)$/, '')
    .replace(/^aws-sdk:/, '');
