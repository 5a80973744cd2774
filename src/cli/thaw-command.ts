import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { IncidentId, TableName } from '../tasks/incident.ts';
import { RecoverySystem } from '../tasks/recovery-system.ts';
import { thawHandler } from '../tasks/thaw/handler.ts';

interface ThawOptions {
  readonly ledger: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly force?: true;
}

function tableName(text: string): string {
  if (TableName.safeParse(text).success) return text;
  throw new InvalidArgumentError(`Give ${TableName.meta()?.description}.`);
}

function incidentId(text: string): string {
  if (IncidentId.safeParse(text).success) return text;
  throw new InvalidArgumentError(`Give 3 to 32 ${IncidentId.meta()?.description}.`);
}

/** `rewind thaw`: the thaw from the ledger alone, for the day when the state machine is what broke. */
export const thawCommand = (): Command =>
  new Command('thaw')
    .summary('thaws an incident from its ledger alone, without the state machine')
    .description(
      'Puts every function and event-source mapping of an incident back to what the ledger says it was, with ' +
        'your own AWS credentials and without the state machine. Safe to repeat.',
    )
    .argument('<incident-id>', 'the incident to thaw', incidentId)
    .addOption(
      new Option('--ledger <table>', "the recovery's ledger table")
        .makeOptionMandatory()
        .argParser(tableName),
    )
    .option('--region <region>', 'AWS region (default: as the AWS SDK finds it)')
    .option('--endpoint <url>', 'another AWS endpoint, for a rehearsal')
    .option('--force', 'thaw although live tables are half reset: their data is not proven right')
    .action(async (incidentId: string, options: ThawOptions) => {
      const configuration = {
        ...(options.region === undefined ? {} : { region: options.region }),
        ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
      };
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
          lambda: new LambdaClient(configuration),
          system,
          clock: { now: () => Date.now(), sleep: (milliseconds) => sleep(milliseconds) },
          deadline: Number.MAX_SAFE_INTEGER,
        },
      );
      console.log(
        `${result.functions} functions and ${result.eventSourceMappings} event-source mappings are as they were.`,
      );
    });
