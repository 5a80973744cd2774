import { VirtualClock } from '../dsl/simulator/clock.ts';
import { resetSegment } from '../tasks/reset-segment/task.ts';
import { Application } from './application/application.ts';
import { TABLES } from './application/tables.ts';
import { type EmbeddedAws, startEmbeddedAws } from './aws/embedded-aws.ts';
import { keepDoing, reach } from './passing-time.ts';
import { type Progress, ProgressReader } from './progress.ts';
import { proveSettings, proveTable } from './proof.ts';
import { startRecovery } from './recovery-run.ts';
import type { RehearsalReport, TableOutcome } from './rehearsal-report.ts';
import { applicationClients, rehearsedClients, resetClient } from './rehearsed-clients.ts';
import { rehearsedRequest, type RehearsedRequest } from './rehearsed-request.ts';
import { deploySystem, rehearsedSystem } from './rehearsed-system.ts';
import { type AccountSettings, settingsOf } from './settings.ts';
import { taskProgress } from './task-progress.ts';
import { TIMELINE } from './timeline.ts';
import { wantedContent } from './wanted-content.ts';

export interface RehearsalOptions {
  /** Default 1: the same seed gives the same application, damage and run. */
  readonly seed: number;
  /** Items over all tables; default 20,000. */
  readonly items: number;
  /** Share of the items that the bad upload touches, 0 to 1; default 0.1. */
  readonly damage: number;
  /** The machine's input, as it is; default what `rehearsedRequest` makes of nothing. */
  readonly request?: RehearsedRequest;
  /**
   * Tables that have a write fence, by name; default none. A container of the application, which is no function, keeps
   * writing to those of them that are taken back.
   */
  readonly fenced?: readonly string[];
  readonly onProgress?: (progress: Progress) => void;
}

const MINUTE = 60_000;
/** How often the application's users do something, in virtual milliseconds. */
const USE_EVERY = 20_000;
/** How often its container writes to a fenced table, in virtual milliseconds. */
const STOCK_EVERY = 35_000;

/**
 * Rehearses a whole recovery on this machine: an application is installed in the embedded AWS, used, damaged,
 * and taken back by the compiled workflow, against real SDK clients on loopback.
 */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalReport> {
  const startedAt = performance.now();
  const { request = rehearsedRequest(), fenced = [], onProgress: tell = () => undefined } = options;
  const clock = new VirtualClock(TIMELINE.installed);
  let execution: { executionArn: string; running: boolean } | undefined;
  const aws = await startEmbeddedAws({
    clock,
    seed: options.seed,
    describeExecution: (arn) =>
      execution?.executionArn === arn ? { status: execution.running ? 'RUNNING' : 'FAILED' } : undefined,
  });
  const clients = rehearsedClients(aws.endpoint);
  const resetting = resetClient(aws.endpoint);
  const users = applicationClients(aws.endpoint);
  try {
    const say = (phase: string, text: string) => tell({ at: clock.now(), phase, text });
    const application = new Application(users, options);

    await application.install(aws);
    await deploySystem(aws, clients.dynamodb);
    say(
      'install',
      `${options.items} items in ${TABLES.length} tables, ${aws.functions.functions().length} functions`,
    );

    const stocked = TABLES.filter(
      ({ name }) => fenced.includes(name) && request.tables.some((table) => table.name === name),
    );
    const writers = [keepDoing(() => application.use(), USE_EVERY, clock)];
    if (stocked.length > 0) writers.push(keepDoing(() => application.stock(stocked), STOCK_EVERY, clock));
    const rest = () => writers.forEach((writer) => writer.stop());
    await clock.runUntil(reach(clock, TIMELINE.damaged));
    const damage = await application.damage(options.damage);
    say(
      'damage',
      `${damage.overwritten} items overwritten, ${damage.deleted} deleted, ${damage.junk} junk items added`,
    );
    await clock.runUntil(reach(clock, TIMELINE.noticed));

    const before = settingsOf(aws);
    const writesBefore = liveWrites(aws);
    let frozen: { at: number; settings: AccountSettings; writes: number } | undefined;
    let writesAtThaw: number | undefined;
    const usesBefore = application.activity.writes;
    const reader = new ProgressReader();
    const run = startRecovery(request, {
      clients,
      clock,
      system: rehearsedSystem(fenced),
      deployment: {
        clientsOf: (task, all) => (task === resetSegment.taskName ? { ...all, dynamodb: resetting } : all),
      },
      seed: options.seed,
      onTask: (task, passed) => {
        const progress = taskProgress(task, passed);
        if (progress) tell({ ...progress, at: clock.now() });
      },
      onEvent: (event, from) => {
        const progress = reader.read(event, from);
        if (progress) tell({ ...progress, at: clock.now() });
        if (from.machineName !== 'Rewind' || event.type !== 'TaskStateExited') return;
        const state = event.stateExitedEventDetails?.name;
        const { writes } = application.activity;
        if (state === 'Frozen') frozen = { at: clock.now(), settings: settingsOf(aws), writes };
        if (state === 'Proven') {
          writesAtThaw = writes;
          rest();
        }
      },
    });
    execution = { executionArn: run.executionArn, running: true };
    const result = await clock.runUntil(run.result);
    execution.running = false;
    rest();
    const virtualSeconds = (clock.now() - TIMELINE.noticed) / 1000;
    // Mappings take some seconds to switch; let the last of them settle before they are read.
    await clock.runUntil(reach(clock, clock.now() + MINUTE));

    const settings = proveSettings({ before, frozen: frozen?.settings, after: settingsOf(aws) });
    const outcomes =
      frozen === undefined
        ? []
        : await proveTables(aws, request, {
            frozenAt: frozen.at,
            counts: reportedCounts(result.output),
          });
    const { writes, refused, refusedByFences } = application.activity;
    const writesWhileFrozen = frozen === undefined ? 0 : (writesAtThaw ?? frozen.writes) - frozen.writes;
    return {
      succeeded:
        result.status === 'SUCCEEDED' &&
        writesWhileFrozen === 0 &&
        [...outcomes, ...Object.values(settings).flat()].every(({ equal }) => equal),
      status: result.status,
      ...(result.error === undefined ? {} : { error: result.error }),
      ...(result.cause === undefined ? {} : { cause: result.cause }),
      incidentId: request.incidentId,
      restorePoint: request.restorePoint,
      frozen: frozen !== undefined,
      seed: options.seed,
      damage,
      tables: outcomes,
      ...settings,
      application: { writes, refused, writesWhileFrozen, refusedByFences },
      writesByRecovery: liveWrites(aws) - writesBefore - (writes - usesBefore),
      virtualSeconds,
      realSeconds: (performance.now() - startedAt) / 1000,
      peakMemoryMiB: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    for (const client of [resetting, ...Object.values(clients), ...Object.values(users)]) client.destroy();
    await aws.close();
  }
}

const NO_COUNTS = { restored: 0, live: 0, puts: 0, deletes: 0, unchanged: 0, leftAlone: 0 };

/** What the recovery itself reports of each table, by name; nothing of one that failed. */
function reportedCounts(output: unknown): ReadonlyMap<string, typeof NO_COUNTS> {
  const { tables = [] } = (output ?? {}) as { tables?: { name: string; counts: typeof NO_COUNTS }[] };
  return new Map(tables.map(({ name, counts }) => [name, counts]));
}

/** Compares every table that was asked for with what it must hold. */
async function proveTables(
  aws: EmbeddedAws,
  { tables, restorePoint }: RehearsedRequest,
  { frozenAt, counts }: { readonly frozenAt: number; readonly counts: ReturnType<typeof reportedCounts> },
): Promise<TableOutcome[]> {
  const instants = { restorePoint: Date.parse(restorePoint), frozenAt };
  const outcomes: TableOutcome[] = [];
  for (const table of tables) {
    const { name, only } = table;
    const { restored, live, puts, deletes, unchanged, leftAlone } = counts.get(name) ?? NO_COUNTS;
    const proof = await proveTable(aws, name, wantedContent(aws, table, instants));
    const selective = only !== undefined;
    outcomes.push({ ...proof, selective, restored, live, puts, deletes, unchanged, leftAlone });
  }
  return outcomes;
}

const liveWrites = (aws: EmbeddedAws): number =>
  TABLES.reduce((total, { name }) => total + aws.callLog.writes(name), 0);
