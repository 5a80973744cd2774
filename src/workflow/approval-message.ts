import { sns } from '../dsl/authoring/integrations/sns.ts';
import type { TaskToken } from '../dsl/authoring/steps/callback-step.ts';
import { context } from '../dsl/expression/context.ts';
import { map } from '../dsl/expression/each.ts';
import type { Expression, Ref } from '../dsl/expression/expression.ts';
import { at } from '../dsl/expression/list.ts';
import { ifElse, orElse } from '../dsl/expression/logic.ts';
import { concat, join, split } from '../dsl/expression/text.ts';
import type { PlanReport } from '../tasks/estimate/plan-report.ts';

interface PlanToApprove {
  readonly topic: Expression<string>;
  readonly token: TaskToken;
  readonly incidentId: Expression<string>;
  readonly restorePoint: Expression<string>;
  /** Whether an earlier run had begun to write: then no answer undoes the freeze (`Thaw`, `StaysFrozen`). */
  readonly resuming: Expression<boolean>;
  readonly tables: Ref<PlanReport[]>;
  readonly warnings: Ref<string[]>;
  /** How long an answer is waited for. */
  readonly hours: Expression<number>;
}

/** However long a system lets a person take, it is not waited longer (`ApprovalHours`). */
export const LONGEST_PATIENCE = '7 days';

/** Tells a topic what is planned, in counts and estimates, and how to answer. */
export const askForApproval = ({
  topic,
  token,
  incidentId,
  restorePoint,
  resuming,
  tables,
  warnings,
  hours,
}: PlanToApprove) =>
  sns.publish({
    TopicArn: topic,
    Subject: concat('Rewind: approve ', incidentId),
    Message: concat(
      'Rewind: incident ',
      incidentId,
      ' waits for a yes or a no. The application is frozen, and ',
      ifElse(
        resuming,
        'tables may be half reset by an earlier run; this one has written nothing yet',
        'this run has written nothing yet',
      ),
      '. To go back to ',
      restorePoint,
      ' is planned as:\n',
      join(map(tables, line), '\n'),
      '\n\n',
      join(warnings, '\n'),
      '\n\nWithout an answer within ',
      hours,
      ' hours it means no: ',
      ifElse(
        resuming,
        'the application stays frozen, its tables as they are, until the incident is started again',
        'all is undone and the application runs on',
      ),
      '.\n\n',
      'Yes: ',
      answer(token, true),
      '\n\nNo: ',
      answer(token, false),
    ),
  });

const line = ({ name, counts, estimate }: Ref<PlanReport>) =>
  concat(
    name,
    ': ',
    counts.puts,
    ' puts and ',
    counts.deletes,
    ' deletes for ',
    counts.restored,
    ' restored and ',
    counts.live,
    ' live items, ',
    counts.selected,
    ' selected; ',
    estimate.writeUnits,
    ' write units, up to ',
    estimate.indexWriteUnits,
    ' more for indexes, ',
    estimate.streamRecords,
    ' stream records, about $',
    estimate.dollars,
  );

const answer = (token: TaskToken, approved: boolean) =>
  concat(
    'aws stepfunctions send-task-success --region ',
    orElse(at(split(context.StateMachine.Id, ':'), 3), ''),
    " --task-token '",
    token,
    `' --task-output '{"approved":${approved},"by":"YOUR NAME"}'`,
  );
