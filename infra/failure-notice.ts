import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

interface Notice {
  readonly topic: ITopic;
  /** The ledger's name. */
  readonly ledger: string;
}

/**
 * Tells a topic, in words that say what to do, when an execution of the machine ends in any way but success.
 * Its cause is left out on purpose: quotes in it would break the message, and then nobody would hear of it.
 */
export function failureNotice(scope: Construct, machine: IStateMachine, notice: Notice): Rule {
  const { topic, ledger } = notice;
  const field = (path: string) => EventField.fromPath(path);
  return new Rule(scope, 'FailureNotice', {
    description: 'Rewind: a recovery did not succeed',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [machine.stateMachineArn],
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    },
    targets: [
      new SnsTopic(topic, {
        message: RuleTargetInput.fromText(
          [
            `Rewind: the recovery ${field('$.detail.name')} ended as ${field('$.detail.status')} at ${field('$.time')}.`,
            // No angle brackets: in EventBridge's templates they stand for fields of the event.
            'Take it that functions are still frozen and tables half reset until you know otherwise.',
            'What to do:',
            `(1) Read the error and the cause of the execution ${field('$.detail.executionArn')} in Step Functions: the cause says what is wrong and what to change.`,
            '(2) When that is mended, start the machine again with the same incident id and input: it goes on where this one stopped.',
            `(3) To give the recovery up and let the application run again, use: npx rewind thaw INCIDENT-ID --ledger ${ledger}`,
          ].join(' '),
        ),
      }),
    ],
  });
}
