import { roleArnOf, stateMachineArn } from './arns.ts';
import { awsChanges } from './aws-changes.ts';
import type { ExecutionStart } from './execution-start.ts';
import type { Redrives } from './redrive.ts';
import type { World } from './world.ts';

/** `Execution` and `StateMachine` of the context object. */
export function executionContext(
  world: World,
  { machineName, name, input }: ExecutionStart,
  {
    arn,
    startDate,
    redrives,
  }: { readonly arn: string; readonly startDate: number; readonly redrives: Redrives },
) {
  return {
    Execution: {
      Id: arn,
      Input: input,
      Name: name,
      RoleArn: roleArnOf(world, machineName),
      StartTime: new Date(startDate).toISOString(),
      ...(world.asOf < awsChanges.redriveCount ? {} : redrives.context),
    },
    StateMachine: { Id: stateMachineArn(world, machineName), Name: machineName },
  };
}
