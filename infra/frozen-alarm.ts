import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Lambda drops asynchronous events after six hours (Lambda guide, "Error handling for asynchronous invocation"). */
export const LONGEST_FREEZE_HOURS = 5;

const EVERY = Duration.minutes(15);
/** Four looks missed. */
const UNWATCHED = Duration.hours(1);

interface FrozenAlarmProps {
  /** The function of the task that fails when a freeze has stood for too long. */
  readonly check: IFunction;
  readonly topic: ITopic;
  readonly longestHours: number;
  /** The ledger's name, for the words of the alarm. */
  readonly ledger: string;
  /** The name of the log group of the tasks, for the same. */
  readonly logGroup: string;
}

/**
 * Tells a topic when an application has been frozen for too long, whatever has become of its recovery: also of one
 * that was stopped, which announces nothing more. Tells it, too, when that cannot be seen, or nobody looks any more.
 */
export function frozenAlarm(
  scope: Construct,
  { check, topic, longestHours, ledger, logGroup }: FrozenAlarmProps,
): void {
  const looks = lookRegularly(scope, check, longestHours);
  const tooLong = new Alarm(scope, 'FrozenAlarm', {
    alarmDescription:
      `Rewind: functions have been frozen for more than ${longestHours} hours, or whether they are could not be seen. ` +
      'Lambda drops asynchronous events after six hours. What to do: ' +
      `(1) Read the last error of CheckFrozen in the log group ${logGroup}: it names the incident, and says whether its recovery only waits for a person's approval, until when, and how to answer. ` +
      '(2) Look at its execution of the machine Rewind: approve, redrive, or start it again with the same incident id. ' +
      `(3) To give the recovery up and let the application run again, use: npx rewind thaw INCIDENT-ID --ledger ${ledger}; ` +
      'then delete the tables whose names begin with rewind- and have the incident id in them: they are copies of the data.',
    metric: check.metricErrors({ period: EVERY, statistic: 'Sum' }),
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    // Between two checks that fail there may be a period without one.
    treatMissingData: TreatMissingData.IGNORE,
  });
  const unwatched = new Alarm(scope, 'UnwatchedAlarm', {
    alarmDescription:
      `Rewind: the function ${check.functionName} has not run for an hour, so that nobody would be told of a freeze that stands too long. ` +
      'Just after the first deployment it is only a matter of minutes. Else: ' +
      `(1) See that the rule ${looks.ruleName} of EventBridge is enabled. ` +
      '(2) See that the function is there, and take away any reserved concurrency of 0. ' +
      '(3) Deploy the recovery system again.',
    metric: check.metricInvocations({ period: UNWATCHED, statistic: 'Sum' }),
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 1,
    // Lambda reports nothing at all of a function that nobody calls.
    treatMissingData: TreatMissingData.BREACHING,
  });
  for (const alarm of [tooLong, unwatched]) alarm.addAlarmAction(new SnsAction(topic));
  // An alarm's topic needs a policy that lets CloudWatch publish; an imported one's is its owner's.
  topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
}

function lookRegularly(scope: Construct, check: IFunction, longestHours: number): Rule {
  return new Rule(scope, 'FrozenCheck', {
    description: 'Rewind: looks whether an application has been frozen for too long',
    schedule: Schedule.rate(EVERY),
    targets: [new LambdaFunction(check, { event: RuleTargetInput.fromObject({ longestHours }) })],
  });
}
