import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PipesClient } from '@aws-sdk/client-pipes';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { RecoverySystem } from '../tasks/recovery-system.ts';
import { thawHandler } from '../tasks/thaw/handler.ts';
import { thawProgress } from './thaw-progress.ts';
import { type IncidentOptions, clientConfiguration, ofIncident } from './incident-options.ts';

interface ThawOptions extends IncidentOptions {
  readonly force?: true;
}

/** `rewind thaw`: the thaw from the ledger alone, for the day when the state machine is what broke. */
export const thawCommand = (): Command =>
  ofIncident(new Command('thaw'), 'the incident to thaw')
    .summary('thaws an incident from its ledger alone, without the state machine')
    .description(
      'Puts every function with its reserved and provisioned concurrency, event-source mapping, pipe, rule, schedule and fenced table of an incident back to what the ledger says it was, with ' +
        'your own AWS credentials and without the state machine. Waits until what a stopped execution has left running can ' +
        'change nothing any more. Safe to repeat.',
    )
    .option('--force', 'thaw although live tables are half reset: their data is not proven right')
    .action(async (incidentId: string, options: ThawOptions) => {
      const configuration = clientConfiguration(options);
      // Only the ledger matters to a thaw: what it changes is what the ledger names.
      const system = RecoverySystem.parse({
        ledgerTable: options.ledger,
        tables: [{ name: options.ledger }],
        functions: {},
      });
      const result = await thawHandler(
        { incidentId, ...(options.force ? { force: true } : {}) },
        {
          dynamodb: new DynamoDBClient(configuration),
          events: new EventBridgeClient(configuration),
          lambda: new LambdaClient(configuration),
          pipes: new PipesClient(configuration),
          scheduler: new SchedulerClient(configuration),
          system,
          clock: { now: () => Date.now(), sleep: (milliseconds) => sleep(milliseconds) },
          deadline: Number.MAX_SAFE_INTEGER,
          log: (line) => {
            const words = thawProgress(line);
            if (words !== undefined) console.error(words);
          },
        },
      );
      console.log(
        `${result.functions} functions, ${result.eventSourceMappings} event-source mappings, ${result.pipes} pipes, ` +
          `${result.rules} rules, ${result.schedules} schedules and the policies of ` +
          `${result.writeFences} fenced tables are as they were.`,
      );
      for (const warning of result.warnings) console.log(`Warning: ${warning}.`);
    });
