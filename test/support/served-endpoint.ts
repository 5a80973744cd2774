import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { createEndpoint } from '../../src/dsl/endpoint/endpoint.ts';
import { virtualTime } from '../../src/dsl/endpoint/running/time.ts';
import type { ServiceOptions } from '../../src/dsl/endpoint/service.ts';
import { serve } from '../../src/dsl/endpoint/wire/server.ts';
import type { StateMachine } from '../../src/dsl/asl/machine.ts';

export const roleArn = 'arn:aws:iam::123456789012:role/Any';
export const machineArn = (name: string): string =>
  `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
export const executionArn = (machine: string, name: string): string =>
  `arn:aws:states:us-east-1:123456789012:execution:${machine}:${name}`;

/** An endpoint on a free port, in virtual time unless told otherwise, and a client of the SDK that asks it. */
export async function servedEndpoint(options: Partial<ServiceOptions> = {}) {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const endpoint = createEndpoint({
    account: '123456789012',
    region: 'us-east-1',
    seed: 1,
    // Long enough for every answer that a test gives.
    time: virtualTime(3_600_000),
    folder: undefined,
    keep: 1000,
    mocks: undefined,
    lambdaEndpoint: undefined,
    clients: {},
    log,
    ...options,
  });
  const server = await serve(endpoint, { port: 0, host: '127.0.0.1' }, log);
  const client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
  const create = async (
    name: string,
    machine: StateMachine,
    more: Partial<CreateStateMachineCommandInput> = {},
  ): Promise<string> => {
    const definition = JSON.stringify(machine);
    await client.send(new CreateStateMachineCommand({ name, definition, roleArn, ...more }));
    return machineArn(name);
  };
  const start = async (stateMachineArn: string, input: unknown = {}, name?: string): Promise<string> => {
    const given = { stateMachineArn, input: JSON.stringify(input), name };
    return (await client.send(new StartExecutionCommand(given))).executionArn as string;
  };
  return {
    url: server.url,
    client,
    /** What the endpoint said of its own accord. */
    lines,
    create,
    start,
    /** Creates an activity. @returns its ARN. */
    activity: async (name: string): Promise<string> =>
      (await client.send(new CreateActivityCommand({ name }))).activityArn as string,
    /** Its description, once it has ended. */
    ended: async (executionArn: string): Promise<DescribeExecutionCommandOutput> => {
      for (;;) {
        const description = await client.send(new DescribeExecutionCommand({ executionArn }));
        if (description.status !== 'RUNNING') return description;
      }
    },
    /** The types of its events. */
    events: async (executionArn: string): Promise<readonly (string | undefined)[]> => {
      const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
      return events.map(({ type }) => type);
    },
    close: async (): Promise<void> => {
      client.destroy();
      await server.close();
      endpoint.close();
    },
  };
}

export type ServedEndpoint = Awaited<ReturnType<typeof servedEndpoint>>;

/** A machine of one Pass state that changes nothing. */
export const echo: StateMachine = { StartAt: 'Echo', States: { Echo: { Type: 'Pass', End: true } } };

/** A machine that waits and then ends. */
export const waiting = (seconds: number): StateMachine => ({
  StartAt: 'Pause',
  States: { Pause: { Type: 'Wait', Seconds: seconds, End: true } },
});

/** A machine of one Task state. */
export const calling = (resource: string, fields: object = {}): StateMachine => ({
  StartAt: 'Ask',
  States: { Ask: { Type: 'Task', Resource: resource, End: true, ...fields } },
});
