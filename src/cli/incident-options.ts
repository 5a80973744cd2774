import { InvalidArgumentError, Option, type Command } from 'commander';
import { CLIENT_SETTINGS } from '../tasks/client-settings.ts';
import { IncidentId, TableName } from '../tasks/incident.ts';

/** What a command that works on one incident of a ledger is told. */
export interface IncidentOptions {
  readonly ledger: string;
  readonly region?: string;
  readonly endpoint?: string;
}

function tableName(text: string): string {
  if (TableName.safeParse(text).success) return text;
  throw new InvalidArgumentError(`Give ${TableName.meta()?.description}.`);
}

function incidentId(text: string): string {
  if (IncidentId.safeParse(text).success) return text;
  throw new InvalidArgumentError(`Give ${IncidentId.meta()?.description}.`);
}

/** Adds the incident, its ledger and where AWS is. */
export function ofIncident(command: Command, what: string): Command {
  return command
    .argument('<incident-id>', what, incidentId)
    .addOption(
      new Option('--ledger <table>', "the recovery's ledger table")
        .makeOptionMandatory()
        .argParser(tableName),
    )
    .option('--region <region>', 'AWS region (default: as the AWS SDK finds it)')
    .option('--endpoint <url>', 'another AWS endpoint, for a rehearsal');
}

/** What every client is made with. */
export function clientConfiguration({ region, endpoint }: Omit<IncidentOptions, 'ledger'>) {
  return {
    ...CLIENT_SETTINGS,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
