import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

interface Notice {
  /** The id of the rule: one for each machine. */
  readonly id: string;
  readonly topic: ITopic;
  /** What has failed: `recovery`. */
  readonly what: string;
  readonly advice: Advice;
}

/** In words without angle brackets: in EventBridge's templates they stand for fields of the event. */
interface Advice {
  /** What the failure means for the application. */
  readonly meaning: string;
  /** What to do when the cause has been read: steps (2) and on. */
  readonly next: readonly string[];
}

/**
 * Tells a topic, in words that say what to do, when an execution of the machine ends in any way but success.
 * Its cause is left out on purpose: quotes in it would break the message, and then nobody would hear of it.
 */
export function failureNotice(scope: Construct, machine: IStateMachine, notice: Notice): Rule {
  const { id, topic, what, advice } = notice;
  const field = (path: string) => EventField.fromPath(path);
  return new Rule(scope, id, {
    description: `Rewind: a ${what} did not succeed`,
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
            `Rewind: the ${what} ${field('$.detail.name')} ended as ${field('$.detail.status')} at ${field('$.time')}.`,
            advice.meaning,
            'What to do:',
            `(1) Read the error and the cause of the execution ${field('$.detail.executionArn')} in Step Functions: the cause says what is wrong and what to change.`,
            ...advice.next,
          ].join(' '),
        ),
      }),
    ],
  });
}

export const recoveryAdvice = (ledger: string): Advice => ({
  meaning: 'Take it that functions are still frozen and tables half reset until you know otherwise.',
  next: [
    `(2) Look how far it came, with: npx rewind status INCIDENT-ID --ledger ${ledger}`,
    '(3) If it says that the incident is closed, the recovery is complete and nothing is left to do. Otherwise, when the cause is mended, start the machine again with the same incident id and input: it goes on where this one stopped; when its tables were proven and its thaw had begun, no table is written any more, and it thaws the rest, deletes the copies and reports.',
    `(4) To give the recovery up and let the application run again, use: npx rewind thaw INCIDENT-ID --ledger ${ledger} and delete the tables whose names begin with rewind- and have the incident id in them: they are copies of the data.`,
  ],
});

export const drillAdvice: Advice = {
  meaning: 'Nothing of the application was changed, but a recovery would be likely to fail in the same way.',
  next: [
    '(2) Mend that before the day you need it, and start the drill again.',
    '(3) Delete the tables whose names begin with rewind- and have drill- in them, if any are left.',
  ],
};
