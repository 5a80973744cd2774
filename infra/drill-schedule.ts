import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { DrillProps } from './recovery-props.ts';

/** Starts a drill again and again. */
export function drillSchedule(scope: Construct, machine: IStateMachine, drill: DrillProps): Rule {
  const { schedule, tables } = drill;
  return new Rule(scope, 'DrillSchedule', {
    description: 'Rewind: practises a recovery on copies of the tables',
    schedule,
    targets: [
      new SfnStateMachine(machine, {
        input: RuleTargetInput.fromObject(
          tables === undefined ? {} : { tables: tables.map(({ tableName }) => tableName) },
        ),
      }),
    ],
  });
}
