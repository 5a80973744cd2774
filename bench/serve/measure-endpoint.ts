import { createEndpoint } from '../../src/dsl/endpoint/endpoint.ts';
import { virtualTime } from '../../src/dsl/endpoint/running/time.ts';
import type { StateMachine } from '../../src/dsl/index.ts';

export interface EndpointRow {
  readonly name: 'rewind serve';
  readonly executions: number;
  /** Of the process, from the first StartExecution to the last end. */
  readonly cpuMicrosecondsEach: number;
  readonly heapMiB: number;
  /** Resident memory of the process. */
  readonly residentMiB: number;
}

const machine: StateMachine = {
  StartAt: 'Begin',
  States: {
    Begin: { Type: 'Pass', Next: 'Pause' },
    Pause: { Type: 'Wait', Seconds: 3600, Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

/** Executions that run at once. */
const AT_ONCE = 100;

interface Listed {
  readonly executions: readonly object[];
}

/** Starts so many executions of three states by the API's own handler, as the endpoint keeps them: all in its file. */
export async function measureEndpoint(executions: number): Promise<EndpointRow> {
  const faults: string[] = [];
  const endpoint = createEndpoint({
    account: '123456789012',
    region: 'us-east-1',
    seed: 1,
    time: virtualTime(0),
    folder: undefined,
    keep: executions,
    mocks: undefined,
    lambdaEndpoint: undefined,
    clients: {},
    log: (line) => faults.push(line),
  });
  const definition = JSON.stringify(machine);
  const roleArn = 'arn:aws:iam::123456789012:role/Any';
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:M';
  await endpoint.call('CreateStateMachine', { name: 'M', definition, roleArn });
  const count = async (statusFilter: string) => {
    const listed = await endpoint.call('ListExecutions', { stateMachineArn, statusFilter, maxResults: 1 });
    return (listed as Listed).executions.length;
  };
  const { user, system } = process.cpuUsage();
  for (let started = 0; started < executions; started++) {
    await endpoint.call('StartExecution', { stateMachineArn, input: JSON.stringify({ order: started }) });
    if (started % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  while ((await count('RUNNING')) > 0) await new Promise((resolve) => setImmediate(resolve));
  const spent = process.cpuUsage({ user, system });
  const { heapUsed, rss } = process.memoryUsage();
  const failed = await count('FAILED');
  endpoint.close();
  if (failed > 0 || faults.length > 0) throw new Error(`executions failed: ${faults[0]}`);
  return {
    name: 'rewind serve',
    executions,
    cpuMicrosecondsEach: Math.round((spent.user + spent.system) / executions),
    heapMiB: Math.round(heapUsed / 1024 / 1024),
    residentMiB: Math.round(rss / 1024 / 1024),
  };
}
