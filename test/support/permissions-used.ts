import type { MapState, State, StateMachine, TaskState } from '../../src/dsl/asl/machine.ts';

/**
 * What a machine's role is used for, read from the ASL alone: `action` for calls of services, `action kind name`
 * for functions, machines and their executions. Sorted, each once.
 */
export function permissionsUsed(machine: StateMachine, name: string): readonly string[] {
  return [...new Set(usedByStates(machine.States, name))].sort();
}

const usedByStates = (states: { readonly [name: string]: State }, name: string): readonly string[] =>
  Object.values(states).flatMap((state) => {
    if (state.Type === 'Task') return usedByTask(state);
    if (state.Type === 'Parallel') return state.Branches.flatMap(({ States }) => usedByStates(States, name));
    if (state.Type !== 'Map') return [];
    return [...usedByMap(state, name), ...usedByStates(state.ItemProcessor.States, name)];
  });

function usedByTask({ Resource, Arguments }: TaskState): readonly string[] {
  const given = Arguments as { readonly [field: string]: string };
  const named = (field: string) => (given[field] ?? '').replace(/^\$\{(\w+)\}$/, '$1');
  const [service = '', action = '', pattern = ''] = Resource.replace('arn:aws:states:::', '')
    .replace('aws-sdk:', '')
    .split(/[:.]/);
  if (Resource.includes(':::lambda:invoke')) return [`lambda:InvokeFunction task ${named('FunctionName')}`];
  if (Resource.includes(':::states:startExecution')) {
    const child = named('StateMachineArn');
    const start = `states:StartExecution machine ${child}`;
    if (pattern !== 'sync') return [start];
    return [
      start,
      `states:DescribeExecution executions ${child}`,
      `states:StopExecution executions ${child}`,
      'events:PutTargets',
      'events:PutRule',
      'events:DescribeRule',
    ];
  }
  const needed = `${service === 'sfn' ? 'states' : service}:${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  if (needed !== 'dynamodb:RestoreTableToPointInTime') return [needed];
  const onTarget = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];
  return [needed, ...onTarget.map((done) => `dynamodb:${done}`)];
}

function usedByMap({ ItemProcessor, ItemReader, ResultWriter }: MapState, name: string): readonly string[] {
  if (ItemProcessor.ProcessorConfig?.Mode !== 'DISTRIBUTED') return [];
  const reading = ItemReader?.Resource.endsWith('getObject') ? 's3:GetObject' : 's3:ListBucket';
  return [
    `states:StartExecution machine ${name}`,
    ...['DescribeExecution', 'StopExecution'].flatMap((action) => [
      `states:${action} executions ${name}`,
      `states:${action} mapExecutions ${name}`,
    ]),
    `states:RedriveExecution mapExecutions ${name}`,
    ...(ItemReader ? [reading] : []),
    ...(ResultWriter
      ? ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload']
      : []),
  ];
}
