import * as z from 'zod';
import { workflow } from '../dsl/authoring/workflow.ts';
import { atMost, differs, equals, moreThan } from '../dsl/expression/comparison.ts';
import { context } from '../dsl/expression/context.ts';
import { filter, map } from '../dsl/expression/each.ts';
import { append } from '../dsl/expression/list.ts';
import type { Expression, Ref } from '../dsl/expression/expression.ts';
import { exists, ifElse, not, orElse } from '../dsl/expression/logic.ts';
import { multiply } from '../dsl/expression/number.ts';
import { concat } from '../dsl/expression/text.ts';
import { acquireLock } from '../tasks/acquire-lock/task.ts';
import { checkUndoable } from '../tasks/check-undoable/task.ts';
import { findProof } from '../tasks/find-proof/task.ts';
import { freeze } from '../tasks/freeze/task.ts';
import { IncidentId, Limits, RestorePoint, TableRequest } from '../tasks/incident.ts';
import { markVerified } from '../tasks/mark-verified/task.ts';
import { passGate } from '../tasks/pass-gate/task.ts';
import { EVERY_ITEM } from '../tasks/selection/selection-mark.ts';
import { preflight } from '../tasks/preflight/task.ts';
import { releaseLock } from '../tasks/release-lock/task.ts';
import { survey } from '../tasks/survey/task.ts';
import { thaw } from '../tasks/thaw/task.ts';
import { writeReport } from '../tasks/write-report/task.ts';
import { askForApproval, LONGEST_PATIENCE } from './approval-message.ts';
import { backUpTable } from './back-up-table.ts';
import { deleteCopy, untilGone } from './delete-copy.ts';
import { proveQuiet } from './prove-quiet.ts';
import { asPlanned } from './as-planned.ts';
import { resetTable } from './reset-table.ts';
import { shortened } from './segment-failure.ts';
import { restoreTable } from './restore-table.ts';
import { untilComplete } from './until-complete.ts';
import { verifyTable } from './verify-table.ts';

/** What an engineer starts a recovery with. */
export const RewindRequest = z.strictObject({
  /** Who asks for it, for the report: a name. */
  requestedBy: z.string().min(1).max(100).optional(),
  /** Names the incident; a second run with the same id goes on where the first one stopped. */
  incidentId: IncidentId,
  /** The second that every table is taken back to. */
  restorePoint: RestorePoint,
  tables: z.array(TableRequest).min(1).max(100),
  limits: Limits.default({}),
  /** Whether the restored tables are kept after success; default false. Refused with a sensitive table. */
  keepRestoredTables: z.boolean().default(false),
  /** Whether a person must agree to the plan before anything is written; default as the system says. */
  approval: z.boolean().default(false),
  /** Whether a part of a recovery group may be taken back by itself; default false. */
  forcePartialGroup: z.boolean().default(false),
});

type Input = Ref<z.output<typeof RewindRequest>>;
type Plan = Ref<z.output<typeof preflight.definition.output>>;
type Locked = Ref<z.output<typeof acquireLock.definition.output>>;
type Swept = Ref<z.output<typeof freeze.definition.output>>;
type Looked = Ref<z.output<typeof checkUndoable.definition.output>>;
type Thawed = Ref<z.output<typeof thaw.definition.output>>;

/** A look for what has appeared or was set free. */
const sweep = (input: Input, plan: Plan) => ({
  incidentId: input.incidentId,
  sweep: true,
  tables: map(plan.tables, (table) => table.name),
});

/** What a sweep has stopped late is waited for: as long as its own timeout lets it run. */
const atRest = { every: '5 minutes', giveUpAfter: '3 hours' } as const;

/** Whoever freezes goes on from where a call has left off, and so does whoever thaws. */
const untilFrozen = { retry: untilComplete('FreezeIncomplete') } as const;
const untilThawed = { retry: untilComplete('ThawIncomplete') } as const;

/** Whether what was written until then could itself be restored. */
const undoable = (plan: Plan, since: Expression<string>) =>
  checkUndoable({ tables: map(plan.tables, (table) => table.name), since });

/** What is written can be restored some minutes later. */
const restorableSoon = { every: '30 seconds', giveUpAfter: '1 hour' } as const;

/** What to do when an application does not come to rest. */
const stillSetFree = (swept: Swept) =>
  concat(
    'functions keep appearing, or being set free: what was stopped last may run until ',
    swept.atRestFrom,
    '; stop what deploys, and start again',
  );

/** What to do when damage does not become restorable. */
const notRestorable = (looked: Looked) =>
  concat(
    'not every table can be restored to a second after ',
    looked.latestRestorable,
    ', which is before the damage came to rest; see that point-in-time recovery of each table goes on, and start again',
  );

const later = (left: Expression<string>, right: Expression<string>): Expression<string> =>
  ifElse(moreThan(left, right), left, right);

/** What the gate is told, whether a person is asked first or it is passed. */
const gateRequest = (input: Input, plan: Plan, locked: Locked) => ({
  incidentId: input.incidentId,
  run: context.Execution.Id,
  restorePoint: plan.restorePoint,
  limits: input.limits,
  resuming: locked.resuming,
  warnings: plan.warnings,
});

const ownLock = (input: Input) => ({ incidentId: input.incidentId, executionArn: context.Execution.Id });

/** What the report is told when the application is thawed. */
const closing = (input: Input, thawed: Thawed) => ({
  incidentId: input.incidentId,
  execution: context.Execution.Id,
  writeFences: thawed.writeFences,
  warnings: thawed.warnings,
});

/**
 * Takes an application back to a chosen second: freeze every function, restore, prove, reset, prove again,
 * thaw exactly what was frozen. A failure before the point of no return undoes the freeze; after it the
 * application stays frozen, and a redrive or a second run with the same incident id completes the recovery.
 */
export const rewind = workflow('Rewind', {
  input: RewindRequest,
  output: writeReport.definition.output,
  errors: ['FreezeBroken'],
  timeout: '60 days',
  comment: 'Takes an application back to a chosen second',
})
  // Nothing may be reset any more once the application writes again: such an incident is only finished.
  .run('found', ({ input }) =>
    findProof({ incidentId: input.incidentId, keepRestoredTables: input.keepRestoredTables }),
  )
  .choose('finished', (ways) =>
    ways.when(
      'rest',
      ({ found }) => found.isProven,
      (rest) =>
        rest
          .run('relocked', ({ input }) =>
            acquireLock({
              incidentId: input.incidentId,
              executionArn: context.Execution.Id,
              restorePoint: input.restorePoint,
              tables: input.tables,
              finishing: true,
            }),
          )
          .run('thawedToTheEnd', ({ input }) => thaw({ incidentId: input.incidentId }), untilThawed)
          .forEach('leftovers', {
            of: ({ found }) => found.copies,
            as: 'copy',
            atOnce: 10,
            do: (each) => each.run('leftover', ({ copy }) => deleteCopy(copy), untilGone),
          })
          .run('reported', ({ input, thawedToTheEnd }) => writeReport(closing(input, thawedToTheEnd)))
          .run('released', ({ input }) => releaseLock(ownLock(input)))
          .succeed('done', ({ reported }) => reported),
    ),
  )
  .run('surveyed', ({ input }) =>
    survey({ incidentId: input.incidentId, tables: map(input.tables, (table) => table.name) }),
  )
  .run('plan', ({ input, surveyed }) =>
    preflight({
      incidentId: input.incidentId,
      restorePoint: input.restorePoint,
      tables: input.tables,
      approval: input.approval,
      forcePartialGroup: input.forcePartialGroup,
      keepRestoredTables: input.keepRestoredTables,
      executionArn: context.Execution.Id,
      faults: surveyed.faults,
      warnings: surveyed.warnings,
    }),
  )
  .run(
    'locked',
    ({ input, plan }) =>
      acquireLock({
        incidentId: input.incidentId,
        executionArn: context.Execution.Id,
        restorePoint: plan.restorePoint,
        tables: input.tables,
      }),
    {
      undo: ({ input }) => releaseLock(ownLock(input)),
    },
  )
  .run(
    'frozen',
    ({ input, plan }) =>
      freeze({ incidentId: input.incidentId, tables: map(plan.tables, (table) => table.name) }),
    {
      ...untilFrozen,
      undo: {
        run: ({ input }) => thaw({ incidentId: input.incidentId, run: context.Execution.Id }),
        ...untilThawed,
      },
    },
  )
  .parallel('prepared', {
    drained: (branch) =>
      branch
        .waitFor('runningInvocations', ({ frozen }) => frozen.longestTimeoutSeconds)
        .pollUntil('quiet', ({ input, plan }) => freeze(sweep(input, plan)), {
          until: ({ quiet }) => atMost(quiet.atRestFrom, quiet.frozenAt),
          saying: ({ quiet }) => stillSetFree(quiet),
          ...atRest,
          ...untilFrozen,
        })
        // What is no Lambda function is not frozen by it: nothing may write any more, whatever it is.
        .forEach('proofs', {
          of: ({ plan }) => plan.tables,
          as: 'written',
          atOnce: 40,
          do: (each) =>
            each
              .run('proof', ({ plan, written }) =>
                proveQuiet({ table: written.name, minutes: plan.quietMinutes }),
              )
              .returns(({ proof }) => proof.warning),
        })
        // Damage that is still being written would be missing from a backup.
        .parallel('kept', {
          from: (branch) => branch.returns(() => context.State.EnteredTime),
          backups: (branch) =>
            branch.forEach('backups', {
              of: ({ plan }) => filter(plan.tables, ({ forensicBackup }) => equals(forensicBackup, true)),
              as: 'damaged',
              atOnce: 40,
              do: (each) =>
                each.run('backup', ({ damaged }) =>
                  backUpTable({ table: damaged.name, backupName: damaged.restoredName }),
                ),
            }),
        })
        .returns(({ proofs, kept }) => ({
          at: kept.from,
          warnings: filter(proofs, (warning) => differs(warning, '')),
        })),
    restored: (branch) =>
      branch
        .forEach('restores', {
          of: ({ plan }) => plan.tables,
          as: 'table',
          atOnce: 40,
          do: (each) =>
            each
              .run('restore', ({ plan, table }) =>
                restoreTable({
                  tableArn: table.arn,
                  restoredName: table.restoredName,
                  restorePoint: plan.restorePoint,
                  sensitive: table.sensitive,
                }),
              )
              .returns(({ table }) => ({ name: table.name, at: context.State.EnteredTime })),
        })
        .returns(({ restores }) => restores),
  })
  // A restore takes long: what has appeared since the drain must not write while the plan is made.
  .pollUntil('sweptBeforePlan', ({ input, plan }) => freeze(sweep(input, plan)), {
    until: ({ sweptBeforePlan }) => atMost(sweptBeforePlan.atRestFrom, sweptBeforePlan.frozenAt),
    saying: ({ sweptBeforePlan }) => stillSetFree(sweptBeforePlan),
    ...atRest,
    ...untilFrozen,
  })
  .pollUntil(
    'undoable',
    ({ plan, prepared, sweptBeforePlan }) =>
      undoable(plan, later(prepared.drained.at, sweptBeforePlan.atRestFrom)),
    {
      until: ({ undoable }) => undoable.ready,
      saying: ({ undoable }) => notRestorable(undoable),
      ...restorableSoon,
    },
  )
  .forEach('planned', {
    of: ({ plan }) => plan.tables,
    as: 'candidate',
    atOnce: 40,
    do: (each) =>
      each
        .run('difference', ({ input, candidate }) =>
          resetTable({
            incidentId: input.incidentId,
            run: context.Execution.Id,
            ...asPlanned(candidate),
            mode: 'plan',
            selection: candidate.selection,
          }),
        )
        .returns(({ candidate, difference }) => ({
          name: candidate.name,
          restoredName: candidate.restoredName,
          selection: candidate.selection,
          rates: candidate.rates,
          planned: difference,
        })),
  })
  .choose('asked', (ways) =>
    ways
      .when(
        'person',
        ({ plan }) => exists(plan.approvalTopic),
        (person) =>
          person
            // What the gate would refuse, nobody need be asked about.
            .run('checked', ({ input, plan, locked, planned }) =>
              passGate({
                ...gateRequest(input, plan, locked),
                tables: planned,
                answerWithinHours: plan.approvalHours,
              }),
            )
            .approval(
              'agreed',
              ({ input, plan, locked, checked }, token) =>
                askForApproval({
                  topic: orElse(plan.approvalTopic, ''),
                  token,
                  incidentId: input.incidentId,
                  restorePoint: plan.restorePoint,
                  resuming: locked.resuming,
                  tables: checked.tables,
                  warnings: checked.warnings,
                  hours: plan.approvalHours,
                }),
              {
                giveUpAfter: {
                  seconds: ({ plan }) => multiply(plan.approvalHours, 3600),
                  atMost: LONGEST_PATIENCE,
                },
              },
            )
            .returns(({ agreed }) => shortened(orElse(agreed.by, 'somebody who gave no name'))),
      )
      .otherwise((nobody) => nobody.returns(() => '')),
  )
  .pollUntil('sweptBeforeReset', ({ input, plan }) => freeze(sweep(input, plan)), {
    until: ({ sweptBeforeReset }) => atMost(sweptBeforeReset.atRestFrom, sweptBeforeReset.frozenAt),
    saying: ({ sweptBeforeReset }) => stillSetFree(sweptBeforeReset),
    ...atRest,
    ...untilFrozen,
  })
  // What was stopped late has written since the damage was found to be restorable.
  .pollUntil(
    'undoableToTheEnd',
    ({ plan, prepared, sweptBeforeReset }) =>
      undoable(plan, later(prepared.drained.at, sweptBeforeReset.atRestFrom)),
    {
      until: ({ undoableToTheEnd }) => undoableToTheEnd.ready,
      saying: ({ undoableToTheEnd }) => notRestorable(undoableToTheEnd),
      ...restorableSoon,
    },
  )
  .run('gate', ({ input, plan, locked, planned }) =>
    passGate({ ...gateRequest(input, plan, locked), tables: planned }),
  )
  .pointOfNoReturn({ failures: 'stayForRedrive' })
  .forEach('recovered', {
    of: ({ plan }) => plan.tables,
    as: 'target',
    atOnce: 40,
    do: (each) =>
      each
        .run('reset', ({ input, target }) =>
          resetTable({
            incidentId: input.incidentId,
            run: context.Execution.Id,
            ...asPlanned(target),
            mode: 'apply',
            selection: target.selection,
          }),
        )
        .run('verified', ({ input, target }) =>
          verifyTable({
            incidentId: input.incidentId,
            // A redrive verifies afresh: what it read before may have been mended since.
            run: concat(
              context.Execution.Id,
              ' ',
              context.State.EnteredTime,
              ' ',
              context.Execution.RedriveCount,
            ),
            ...asPlanned(target),
            plan: { selective: differs(target.selection, EVERY_ITEM), run: context.Execution.Id },
          }),
        )
        .returns(({ target, reset, verified }) => ({
          name: target.name,
          restoredName: target.restoredName,
          selective: differs(target.selection, EVERY_ITEM),
          counts: reset,
          resetAt: verified.startedAt,
          verifiedItems: verified.items,
          expiredItems: verified.expired,
          digest: verified.digest,
        })),
  })
  .run(
    'sweptAfterReset',
    ({ input, plan, sweptBeforeReset }) =>
      freeze({ ...sweep(input, plan), since: sweptBeforeReset.frozenAt }),
    untilFrozen,
  )
  .choose('quietToTheEnd', (ways) =>
    ways.when(
      'disturbed',
      ({ sweptAfterReset }) => moreThan(sweptAfterReset.changed, 0),
      (disturbed) =>
        disturbed.fail('writers', 'FreezeBroken', ({ sweptAfterReset }) =>
          concat(
            sweptAfterReset.changed,
            ' functions, event-source mappings, pipes, rules, schedules or write fences were not frozen when the ' +
              'reset ended, so that the application may have written meanwhile; they are frozen again now: stop ' +
              'what deploys, and ' +
              'start the incident again with the same id',
          ),
        ),
    ),
  )
  .run('proven', ({ input, surveyed, plan, locked, frozen, prepared, undoable, asked, gate, recovered }) =>
    markVerified({
      incidentId: input.incidentId,
      restorePoint: plan.restorePoint,
      execution: context.Execution.Id,
      requestedBy: input.requestedBy,
      approvedBy: asked,
      startedAt: context.Execution.StartTime,
      lockedAt: locked.acquiredAt,
      frozenAt: frozen.frozenAt,
      longestTimeoutSeconds: frozen.longestTimeoutSeconds,
      drainedAt: prepared.drained.at,
      restores: prepared.restored,
      undoableAt: undoable.checkedAt,
      passedAt: gate.passedAt,
      keptRestoredTables: input.keepRestoredTables,
      missedSchedules: surveyed.missedSchedules,
      planned: gate.tables,
      tables: recovered,
      warnings: append(gate.warnings, prepared.drained.warnings),
    }),
  )
  .run('thawed', ({ input }) => thaw({ incidentId: input.incidentId }), untilThawed)
  .choose('cleanedUp', (ways) =>
    ways.when(
      'remove',
      ({ input }) => not(input.keepRestoredTables),
      (remove) =>
        remove.forEach('removals', {
          of: ({ plan }) => plan.tables,
          as: 'copy',
          atOnce: 10,
          do: (each) => each.run('removed', ({ copy }) => deleteCopy(copy.restoredName), untilGone),
        }),
    ),
  )
  .run('report', ({ input, thawed }) => writeReport(closing(input, thawed)))
  .run('unlocked', ({ input }) => releaseLock(ownLock(input)))
  .returns(({ report }) => report);
