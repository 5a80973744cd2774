import { SFNClient } from '@aws-sdk/client-sfn';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { holderStatus } from '../tasks/acquire-lock/holder-status.ts';
import { incidentStatus } from '../tasks/status/incident-status.ts';
import { restoredCopies } from '../tasks/status/restored-copies.ts';
import { copiesText } from './copies-text.ts';
import { incidentLedger } from './incident-ledger.ts';
import { type IncidentOptions, clientConfiguration, ofIncident } from './incident-options.ts';
import { statusText } from './status-text.ts';

interface StatusOptions extends IncidentOptions {
  readonly json?: true;
  readonly watch?: true;
}

const WATCH_MILLISECONDS = 5_000;

/** `rewind status`: how far a recovery has come and how fast it goes, from its ledger. */
export const statusCommand = (): Command =>
  ofIncident(new Command('status'), 'the incident to look at')
    .summary('shows how far a recovery has come, how fast it goes and who holds the lock')
    .description(
      'Shows for each table how many scan segments are done, items read, put, deleted and unchanged, capacity ' +
        'units, the current rate and the time left, from the ledger, whether the execution that holds the lock still ' +
        'runs, and the restored tables that still exist, with your own AWS credentials. It changes nothing, and reads ' +
        'no keys.',
    )
    .option('--json', 'as JSON, one line for each look')
    .option('--watch', 'look again every five seconds, until the incident is closed')
    .action(async (incidentId: string, options: StatusOptions) => {
      const sfn = new SFNClient(clientConfiguration(options));
      const ledger = incidentLedger(incidentId, options);
      for (;;) {
        const now = Date.now();
        const status = await incidentStatus(ledger, now);
        if (status === undefined)
          throw new Error(
            `${options.ledger} knows no incident ${incidentId}; check the id and the ledger's name, and look again ` +
              'when the recovery has passed its preflight',
          );
        const holder = status.lock === null ? undefined : await holderStatus(status.lock, sfn);
        const isLast = !options.watch || status.incident.state === 'closed';
        const copies = isLast
          ? await restoredCopies({ incidentId, restorePoint: status.incident.restorePoint }, ledger)
          : undefined;
        console.log(
          options.json
            ? JSON.stringify({
                ...status,
                holder: holder && 'status' in holder ? holder.status : null,
                copies,
              })
            : [
                statusText({ ...status, holder, ledger: options.ledger }, now),
                ...copiesText({ ...status, holder }, copies, now),
              ].join('\n'),
        );
        if (isLast) return;
        await sleep(WATCH_MILLISECONDS);
      }
    });
