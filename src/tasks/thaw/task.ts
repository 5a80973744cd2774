import * as z from 'zod';
import { task } from '../../dsl/authoring/task.ts';
import { IncidentId, RunId } from '../incident.ts';

/**
 * Puts every table's policy, function, mapping, pipe, rule and schedule back to what the ledger says it was, and reads each back. An incident
 * whose live tables are being written and not yet proven equal is left frozen unless `force` is set (`StaysFrozen`), and so
 * is one of which another run than `run` has the lock.
 * After `ThawIncomplete` the next call goes on from there; after `ThawRefused` no other call does, since nobody knows the
 * incident, or what is left to do needs somebody first.
 */
export const thaw = task('Thaw', {
  input: z.object({
    incidentId: IncidentId,
    force: z.boolean().optional(),
    /** The run that undoes its freeze: it leaves alone what another run of the incident has taken over. Default anyone. */
    run: RunId.optional(),
  }),
  output: z.object({
    functions: z.int().min(0),
    eventSourceMappings: z.int().min(0),
    pipes: z.int().min(0),
    rules: z.int().min(0),
    schedules: z.int().min(0),
    /** Tables whose resource policy is as it was before the write fence. */
    writeFences: z.int().min(0),
    /** What was left: somebody else has changed it, or it would have no use any more. */
    warnings: z.array(z.string()).max(100),
  }),
  errors: ['ThawIncomplete', 'ThawRefused', 'StaysFrozen'],
  timeout: '15 minutes',
});
