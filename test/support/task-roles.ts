import type { RolePolicy } from '../../src/dsl/simulator/iam/role-policy.ts';
import type { Need } from '../../src/dsl/simulator/iam/need.ts';
import type { ContextValues } from '../../src/dsl/simulator/iam/request-context.ts';
import { needsOfCall } from '../../src/dsl/simulator/iam/needs/needs-of-call.ts';
import { parseTaskResource } from '../../src/dsl/simulator/task-resource.ts';
import type { RecoveryClients } from '../../src/rehearsal/recovery-run.ts';
import { awsError } from './lambda-application.ts';

const place = { account: '123456789012', region: 'us-east-1', machineArn: '' };

/**
 * Clients that make only the calls that the policy of a task's function allows.
 * @param contextOf what conditions ask of a call that its resource does not tell: the function of an event-source
 * mapping, the tags of a function.
 */
export function clientsUnder(
  clients: RecoveryClients,
  {
    task,
    policy,
    contextOf,
  }: {
    task: string;
    policy: RolePolicy;
    contextOf: (input: Readonly<Record<string, string>>) => ContextValues;
  },
): RecoveryClients {
  const guarded = <C extends { send: (command: never, ...rest: never[]) => unknown }>(
    client: C,
    service: string,
  ): C => {
    const send = async (command: { readonly input: Record<string, string> }, ...rest: never[]) => {
      const operation = command.constructor.name.replace(/Command$/, '');
      const action = operation.charAt(0).toLowerCase() + operation.slice(1);
      const resource = parseTaskResource(`arn:aws:states:::aws-sdk:${service}:${action}`, task);
      const context = contextOf(command.input);
      for (const need of needsOfCall(resource, command.input, place)) refuse(need, context);
      return client.send(command as never, ...rest);
    };
    return { send } as unknown as C;
  };
  const refuse = ({ action, anyOf: resources, context: own }: Need, told: ContextValues) => {
    const context = { ...told, ...own };
    const asked = { machine: task, state: undefined, action, resources, optional: false, context };
    if (!policy.answer(asked).allowed)
      throw awsError('AccessDeniedException', `${task} may not ${action} on ${resources[0]}`);
  };
  return {
    dynamodb: guarded(clients.dynamodb, 'dynamodb'),
    lambda: guarded(clients.lambda, 'lambda'),
    kms: guarded(clients.kms, 'kms'),
    sfn: guarded(clients.sfn, 'sfn'),
    s3: guarded(clients.s3, 's3'),
    tagging: guarded(clients.tagging, 'resourcegroupstaggingapi'),
    events: guarded(clients.events, 'eventbridge'),
    pipes: guarded(clients.pipes, 'pipes'),
    scheduler: guarded(clients.scheduler, 'scheduler'),
    cloudwatch: clients.cloudwatch,
  };
}
