import { isDeepStrictEqual } from 'node:util';
import type { ExecutionResult } from '../../src/dsl/simulator/simulate.ts';
import { INCIDENT } from './disaster.ts';
import type { ExploredWorld } from './explored-world.ts';
import { holdTheSame } from './witness.ts';

/** S6: what is left of a sensitive table, whatever has become of the recovery, nobody else may read. */
export function checkCopies({ witness, openCopies }: ExploredWorld): void {
  if (openCopies.length > 0)
    witness.report('S6', 'others may read the copy of a sensitive table that is left');
}

/** S4: nothing that was not named has changed. */
export function checkOthers(world: ExploredWorld): void {
  const { tables, witness, before } = world;
  if (!holdTheSame(tables.other?.items ?? [], tables.good('invoices')))
    witness.report('S4', 'a table that nobody named has changed');
  const { functions, mappings, policies } = world.settings();
  if (!isDeepStrictEqual(functions['blog-posts'], before.functions['blog-posts']))
    witness.report('S4', 'a function out of scope has changed');
  if (!isDeepStrictEqual(mappings['uuid-blog'], before.mappings['uuid-blog']))
    witness.report('S4', 'an event-source mapping out of scope has changed');
  if (policies.invoices !== before.policies.invoices)
    witness.report('S4', 'the policy of a table that nobody named has changed');
  if (tables.named.length < 2) witness.report('S4', 'a table is gone');
}

/** Whether every function, mapping, policy, pipe, rule and schedule is as it was. */
export const isThawed = (world: ExploredWorld): boolean => isDeepStrictEqual(world.settings(), world.before);

const isMarkedFrozen = ({ ledger }: ExploredWorld): boolean =>
  ledger.record('frozen', INCIDENT) !== undefined;

/** S1: what must hold when a recovery is over. */
export function checkRecovered(world: ExploredWorld): void {
  const { witness } = world;
  if (witness.cameBackGood !== true)
    witness.report('S1', 'the tables were not as they had to be when the application came back');
  if (!isThawed(world)) witness.report('S1', `not all is as it was: ${differing(world)}`);
  if (isMarkedFrozen(world)) witness.report('S1', 'the freeze is still marked');
}

/** What else must hold when an execution has succeeded: it leaves nothing behind. */
export function checkCleanedUp(world: ExploredWorld): void {
  const { witness, tables, ledger } = world;
  if (!world.keepsCopies && tables.copies.length > 0) witness.report('S1', 'restored tables were left');
  if (world.keepsCopies && tables.copies.length < tables.named.length)
    witness.report('S1', 'a restored table that was to be kept is gone');
  if (ledger.hasAny(`incident#${INCIDENT}`, 'selection#'))
    witness.report('S1', 'the values of a selection were left in the ledger');
  if (ledger.record('lock', 'lock') !== undefined) witness.report('S1', 'the lock was left');
  if (ledger.record(`incident#${INCIDENT}`, 'report') === undefined)
    witness.report('S1', 'there is no report');
}

/**
 * S2: what must hold when an execution has ended without success: all is as before it, or the tables are right and
 * the rest can be finished, or the application is frozen and everyone is told.
 */
export function checkUnfinished(world: ExploredWorld, { status, cause = '' }: ExecutionResult): void {
  const { witness } = world;
  if (isThawed(world)) return checkNotHalfReset(world);
  if (!isMarkedFrozen(world))
    witness.report('S2', `not all is as it was, and the ledger does not say so: ${differing(world)}`);
  if (/\[undone: [^\]]*frozen/.test(cause))
    witness.report('S2', `the cause says that the freeze is undone, and it is not: ${differing(world)}`);
  if (status !== 'ABORTED' && cause === '') witness.report('S2', 'no cause says what has failed');
}

/** S2: an application that came back without force, did so on tables that no recovery has begun to reset, or that are right. */
export function checkNotHalfReset(world: ExploredWorld): void {
  const { witness } = world;
  if (witness.hasReset && witness.cameBackGood !== true)
    witness.report('S2', 'the application runs although its tables are half reset');
}

/** A full thaw: the application is as it was, and nothing says otherwise. */
export function checkThawed(world: ExploredWorld): void {
  if (!isThawed(world)) world.witness.report('S2', `a thaw by hand left: ${differing(world)}`);
  if (isMarkedFrozen(world)) world.witness.report('S2', 'a thaw by hand left the freeze marked');
}

/** S7: of two recoveries that run at once, one refuses and names the other, or says that the incident is over. */
export function checkRivals({ witness }: ExploredWorld, results: readonly ExecutionResult[]): void {
  const names = results.map(({ executionArn }) => `execution ${executionArn.split(':').at(-1)}`);
  const refuses = ({ status, cause = '' }: ExecutionResult, index: number): boolean =>
    status === 'FAILED' &&
    (/is closed, its recovery is complete|its thaw has begun/.test(cause) ||
      names.some((name, other) => other !== index && cause.includes(name)));
  // Or they have taken turns: the witness tells of a lock that is taken from one that runs.
  if (results.some(refuses) || results.every(({ executionArn }) => witness.holders.has(executionArn))) return;
  witness.report(
    'S7',
    `of two recoveries neither refused by the other's name: ${results.map(({ cause }) => cause).join('; ')}`,
  );
}

export function differing(world: ExploredWorld): string {
  const now = world.settings();
  const { before } = world;
  const kinds = ['functions', 'mappings', 'policies', 'eventBridge'] as const;
  return kinds
    .flatMap((kind) =>
      Object.keys({ ...before[kind], ...now[kind] }).filter(
        (name) => !isDeepStrictEqual(before[kind][name], now[kind][name]),
      ),
    )
    .join(', ');
}
