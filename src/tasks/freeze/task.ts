import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, Instant, TableName } from '../incident.ts';

/**
 * Pauses the pipes, rules and schedules that the system names and every event-source mapping, sets every function in scope to reserved concurrency 0, and raises the
 * tables' write fences. What each was before is in the ledger before its first change. Run again, it sweeps
 * up what has appeared since, and what has left the scope since stays stopped. After `FreezeIncomplete` the next call
 * goes on from there; after `FreezeRefused` no other call does, since the incident may not be frozen, or what is left
 * to do needs somebody first.
 */
export const freeze = task('Freeze', {
  input: z.object({
    incidentId: IncidentId,
    /** A later look for what has appeared: refused when the freeze no longer stands; default false. */
    sweep: z.boolean().optional(),
    /**
     * What was stopped or fenced after this time, by an earlier call too, counts as changed: that call may have died
     * before it could tell. Default: what this call changes.
     */
    since: Instant.optional(),
    /** The tables that are taken back: those of them that the system has fenced are; default none. */
    tables: z.array(TableName).max(100).optional(),
  }),
  output: z.object({
    /** Functions now at 0, of the scope as it is and as it was, and how many of these had 0 before the incident. */
    functions: z.int().min(0),
    alreadyAtZero: z.int().min(0),
    eventSourceMappings: z.int().min(0),
    /** Of those that the system names for it, how many are off. */
    pipes: z.int().min(0),
    rules: z.int().min(0),
    schedules: z.int().min(0),
    /** Tables that refuse the writes of everyone but the recovery. */
    writeFences: z.int().min(0),
    /**
     * How many functions, mappings, pipes, rules, schedules and tables' policies this call changed, with what was stopped
     * and fenced after `since`.
     */
    changed: z.int().min(0),
    /**
     * From when on nothing of it can write any more: each function was stopped its own timeout before this, and a fence
     * that was raised again is heeded. It may lie ahead.
     */
    atRestFrom: Instant,
    /** The longest a running invocation may still last. */
    longestTimeoutSeconds: z.int().min(0),
    frozenAt: Instant,
  }),
  errors: ['FreezeIncomplete', 'FreezeRefused'],
  timeout: '15 minutes',
});
