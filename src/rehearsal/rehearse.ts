import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PipesClient } from '@aws-sdk/client-pipes';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import { VirtualClock } from '../dsl/simulator/clock.ts';
import type { ExecutionResult } from '../dsl/simulator/simulate.ts';
import { handlers } from '../tasks/handlers.ts';
import { RecoverySystem } from '../tasks/recovery-system.ts';
import { Application } from './application/application.ts';
import { APPLICATION } from './application/functions.ts';
import { TABLES } from './application/tables.ts';
import { type EmbeddedAws, startEmbeddedAws } from './aws/embedded-aws.ts';
import type { FunctionsSnapshot } from './aws/lambda/function-registry.ts';
import { type Progress, ProgressReader } from './progress.ts';
import { proveFunctions, proveMappings, proveTable, type SettingProof, type TableProof } from './proof.ts';
import { startRecovery } from './recovery-run.ts';

export interface RehearsalOptions {
  /** Default 1: the same seed gives the same application, damage and run. */
  readonly seed: number;
  /** Items over all tables; default 20,000. */
  readonly items: number;
  /** Share of the items that the bad upload touches, 0 to 1; default 0.1. */
  readonly damage: number;
  /** What the engineer asks for, where it differs from what a careful one would ask for. */
  readonly request?: RehearsedRequest;
  readonly onProgress?: (progress: Progress) => void;
}

export interface RehearsedRequest {
  /** Default `rehearsal`. */
  readonly incidentId?: string;
  /** Default the last second before the damage, five minutes before it to be exact. */
  readonly restorePoint?: string;
  /** Default all tables of the application. */
  readonly tables?: readonly string[];
  /** What is typed as confirmation of every table; default each table's own name. */
  readonly confirm?: string;
}

export interface TableOutcome extends TableProof {
  readonly restored: number;
  readonly live: number;
  readonly puts: number;
  readonly deletes: number;
  readonly unchanged: number;
}

export interface RehearsalReport {
  readonly succeeded: boolean;
  readonly status: ExecutionResult['status'];
  readonly error?: string;
  readonly cause?: string;
  readonly incidentId: string;
  readonly restorePoint: string;
  /** Whether the recovery came as far as freezing the application. */
  readonly frozen: boolean;
  readonly seed: number;
  readonly damage: { readonly overwritten: number; readonly deleted: number; readonly junk: number };
  readonly tables: readonly TableOutcome[];
  readonly functions: readonly SettingProof[];
  readonly eventSourceMappings: readonly SettingProof[];
  /** Writes of the application's users, how many of them a freeze refused, and how many got through it. */
  readonly application: {
    readonly writes: number;
    readonly refused: number;
    readonly writesWhileFrozen: number;
  };
  /** Items written to the live tables by the recovery. */
  readonly writesByRecovery: number;
  readonly virtualSeconds: number;
  readonly realSeconds: number;
  readonly peakMemoryMiB: number;
}

const MINUTE = 60_000;
const LEDGER = 'rewind-ledger';
/** How often the application's users do something, in virtual milliseconds. */
const USE_EVERY = 20_000;

/**
 * Rehearses a whole recovery on this machine: an application is installed in the embedded AWS, used, damaged,
 * and taken back by the compiled workflow, against real SDK clients on loopback.
 */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalReport> {
  const startedAt = performance.now();
  const asked = options.request ?? {};
  const { incidentId = 'rehearsal', tables = TABLES.map(({ name }) => name) } = asked;
  const clock = new VirtualClock(Date.UTC(2026, 10, 2, 1, 0, 0));
  let execution: { executionArn: string; running: boolean } | undefined;
  const aws = await startEmbeddedAws({
    clock,
    seed: options.seed,
    describeExecution: (arn) =>
      execution?.executionArn === arn ? { status: execution.running ? 'RUNNING' : 'FAILED' } : undefined,
  });
  const clients = clientsOf(aws.endpoint);
  try {
    const tell = options.onProgress ?? (() => undefined);
    const say = (phase: string, text: string) => tell({ at: clock.now(), phase, text });
    // A user who is refused does not insist: retries would only cost real time.
    const users = {
      dynamodb: clients.dynamodb,
      lambda: new LambdaClient({ ...configurationOf(aws.endpoint), maxAttempts: 1 }),
    };
    const application = new Application(users, options);

    await application.install(aws);
    await createLedger(clients.dynamodb);
    addOwnFunctions(aws);
    say(
      'install',
      `${options.items} items in ${TABLES.length} tables, ${aws.functions.functions().length} functions`,
    );

    const use = keepUsing(application, clock);
    await clock.runUntil(pass(clock, 20 * MINUTE));
    const restorePoint = asked.restorePoint ?? new Date(clock.now()).toISOString().replace('.000Z', 'Z');
    await clock.runUntil(pass(clock, 5 * MINUTE));
    const damage = await application.damage(options.damage);
    say(
      'damage',
      `${damage.overwritten} items overwritten, ${damage.deleted} deleted, ${damage.junk} junk items added`,
    );
    await clock.runUntil(pass(clock, 10 * MINUTE));

    const before = aws.functions.snapshot();
    const writesBefore = liveWrites(aws);
    let frozen: FunctionsSnapshot | undefined;
    let writesAtFreeze = 0;
    let writesAtThaw = 0;
    const recoveryStarted = clock.now();
    const usesBefore = application.activity.writes;
    const reader = new ProgressReader();
    const run = startRecovery(
      {
        incidentId,
        restorePoint: restorePoint,
        tables: tables.map((name) => ({ name, confirm: asked.confirm ?? name })),
        limits: { maxDeleteShare: 1 },
      },
      {
        clients,
        clock,
        system: systemOf(),
        seed: options.seed,
        onEvent: (event, from) => {
          const progress = reader.read(event, from);
          if (progress) tell({ ...progress, at: clock.now() });
          if (from.machineName !== 'Rewind' || event.type !== 'TaskStateExited') return;
          const state = event.stateExitedEventDetails?.name;
          if (state === 'Frozen') {
            frozen = aws.functions.snapshot();
            writesAtFreeze = application.activity.writes;
          }
          if (state === 'Proven') {
            writesAtThaw = application.activity.writes;
            use.stop();
          }
        },
      },
    );
    execution = { executionArn: run.executionArn, running: true };
    const result = await clock.runUntil(run.result);
    execution.running = false;
    use.stop();
    const virtualSeconds = (clock.now() - recoveryStarted) / 1000;
    // Mappings take some seconds to switch; let the last of them settle before they are read.
    await clock.runUntil(pass(clock, MINUTE));

    const snapshots = { before, frozen, after: aws.functions.snapshot() };
    const reported = new Map(
      (result.output as { tables?: ReportedTable[] } | undefined)?.tables?.map((table) => [
        table.name,
        table.counts,
      ]),
    );
    const outcomes: TableOutcome[] = [];
    for (const { name } of TABLES.filter((design) => tables.includes(design.name))) {
      const at = Date.parse(restorePoint);
      const proof = await proveTable(aws, name, Number.isNaN(at) ? clock.now() : at);
      outcomes.push({ ...(reported.get(name) ?? NO_COUNTS), ...proof });
    }
    const functions = proveFunctions(snapshots);
    const eventSourceMappings = proveMappings(
      snapshots,
      new Map(aws.functions.mappings().map((mapping) => [mapping.uuid, mappingName(mapping)])),
    );
    const { writes, refused } = application.activity;
    const writesWhileFrozen = writesAtThaw - writesAtFreeze;
    return {
      succeeded:
        result.status === 'SUCCEEDED' &&
        writesWhileFrozen === 0 &&
        [...outcomes, ...functions, ...eventSourceMappings].every(({ equal }) => equal),
      status: result.status,
      ...(result.error === undefined ? {} : { error: result.error }),
      ...(result.cause === undefined ? {} : { cause: result.cause }),
      incidentId,
      restorePoint,
      frozen: frozen !== undefined,
      seed: options.seed,
      damage,
      tables: outcomes,
      functions,
      eventSourceMappings,
      application: { writes, refused, writesWhileFrozen },
      writesByRecovery: liveWrites(aws) - writesBefore - (writes - usesBefore),
      virtualSeconds,
      realSeconds: (performance.now() - startedAt) / 1000,
      peakMemoryMiB: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    for (const client of Object.values(clients)) client.destroy();
    await aws.close();
  }
}

interface ReportedTable {
  readonly name: string;
  readonly counts: typeof NO_COUNTS;
}

const NO_COUNTS = { restored: 0, live: 0, puts: 0, deletes: 0, unchanged: 0 };

const configurationOf = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
});

function clientsOf(endpoint: string) {
  const configuration = configurationOf(endpoint);
  return {
    dynamodb: new DynamoDBClient(configuration),
    kms: new KMSClient(configuration),
    lambda: new LambdaClient(configuration),
    sfn: new SFNClient(configuration),
    s3: new S3Client(configuration),
    cloudwatch: new CloudWatchClient(configuration),
    tagging: new ResourceGroupsTaggingAPIClient(configuration),
    events: new EventBridgeClient(configuration),
    pipes: new PipesClient(configuration),
    scheduler: new SchedulerClient(configuration),
  };
}

function systemOf(): RecoverySystem {
  return RecoverySystem.parse({
    ledgerTable: LEDGER,
    tables: TABLES.map(({ name }, index) => ({ name, segments: 2, forensicBackup: index !== 2 })),
    functions: { prefix: APPLICATION },
    ownFunctions: Object.keys(handlers).map(ownName),
  });
}

/** This system's own functions bear the application's prefix, so that only their exclusion keeps them alive. */
const ownName = (task: string): string => `${APPLICATION}rewind-${task}`;

function addOwnFunctions(aws: EmbeddedAws): void {
  for (const task of Object.keys(handlers))
    aws.functions.addFunction({ name: ownName(task), timeoutSeconds: 900 });
}

async function createLedger(dynamodb: DynamoDBClient): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName: LEDGER,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
}

/** `shop-queue-3 → shop-worker-05`. */
const mappingName = (mapping: { eventSourceArn: string; functionArn: string }): string =>
  `${mapping.eventSourceArn.split(':').at(-1)} → ${mapping.functionArn.split(':').at(-1)}`;

const liveWrites = (aws: EmbeddedAws): number =>
  TABLES.reduce((total, { name }) => total + aws.callLog.writes(name), 0);

/** Resolves when so much virtual time has passed. */
const pass = (clock: VirtualClock, milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    clock.schedule(clock.now() + milliseconds, resolve);
  });

/** The application's users: one of them does something every so often, until they are stopped. */
function keepUsing(application: Application, clock: VirtualClock): { stop(): void } {
  let cancel = () => {};
  let stopped = false;
  const next = () => {
    if (stopped) return;
    cancel = clock.schedule(clock.now() + USE_EVERY, () => {
      const hold = clock.hold('a user of the application');
      application
        .use()
        .finally(() => {
          next();
          hold.release();
        })
        .catch((error: unknown) => {
          stopped = true;
          throw error;
        });
    });
  };
  next();
  return {
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
