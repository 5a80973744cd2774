import type { HistoryEvent } from '../../simulator/history-event.ts';
import type { EndedExecution } from '../../simulator/integrations/integration.ts';
import type { MapRunRecord } from './map-run-record.ts';
import type { ExecutionBody, ExecutionRecord, StoredEvent } from './execution-record.ts';
import type { BodyPlace, ExecutionFile } from './execution-file.ts';

/** The end of an execution. */
export interface Ending extends EndedExecution {
  /** Of an Express one, which is nowhere else. */
  readonly body?: ExecutionBody;
}

/** An execution under way. */
export interface LiveExecution {
  /** JSON text. */
  readonly input: string;
  readonly events: HistoryEvent[];
  /** Settles when it ends, whatever it ends of. */
  readonly ended: Promise<Ending>;
  stop(error?: string, cause?: string): void;
}

interface Entry {
  readonly record: ExecutionRecord;
  /** Counts executions in the order in which they were started. */
  readonly order: number;
  live: LiveExecution | undefined;
  place: BodyPlace | undefined;
}

export interface ListedExecution {
  readonly record: ExecutionRecord;
  readonly order: number;
}

/**
 * All executions, by ARN. Those under way are in memory; of ended ones a short record is, and the rest in a file. Of
 * ended ones the oldest are forgotten when there are more than `keep`.
 */
export class ExecutionStore {
  readonly #entries = new Map<string, Entry>();
  /** By the ARN of the state machine, or of the Map Run, that they are of; in starting order. */
  readonly #lists = new Map<string, Entry[]>();
  readonly #mapRuns = new Map<string, () => MapRunRecord>();
  readonly #mapRunsOf = new Map<string, string[]>();
  readonly #file: ExecutionFile;
  readonly #keep: number;
  #order = 0;
  #ended = 0;

  constructor(file: ExecutionFile, keep: number) {
    this.#file = file;
    this.#keep = keep;
    for (const { record, place } of file.load()) this.#add(record, undefined, place);
    for (const run of file.loadMapRuns()) this.#addMapRun(run.mapRunArn, run.executionArn, () => run);
    this.#forget();
  }

  get size(): number {
    return this.#entries.size;
  }

  find(arn: string): ExecutionRecord | undefined {
    return this.#entries.get(arn)?.record;
  }

  /** While it is under way. */
  live(arn: string): LiveExecution | undefined {
    return this.#entries.get(arn)?.live;
  }

  begin(record: ExecutionRecord, live: LiveExecution): void {
    this.#file.started(record, live.input);
    this.#add(record, live, undefined);
  }

  /** Takes in that an ended execution goes on. */
  beginAgain(record: ExecutionRecord, live: LiveExecution): void {
    const entry = this.#entries.get(record.arn) as Entry;
    this.#file.forget(entry.place as BodyPlace);
    this.#file.started(record, live.input);
    entry.live = live;
    entry.place = undefined;
    this.#ended -= 1;
  }

  /** Takes in what has become of an execution, which its record tells already. */
  end({ arn }: ExecutionRecord, body: ExecutionBody): void {
    const entry = this.#entries.get(arn) as Entry;
    entry.live = undefined;
    entry.place = this.#file.ended(entry.record, body);
    this.#ended += 1;
    this.#forget();
  }

  /** What it was given and what became of it, so far. */
  body({ arn }: ExecutionRecord): ExecutionBody {
    const { live, place } = this.#entries.get(arn) as Entry;
    if (live !== undefined) return { input: live.input, events: live.events.map(storedEvent) };
    return this.#file.body(place as BodyPlace);
  }

  /**
   * The executions of a state machine or Map Run, the newest first.
   * @param before leaves out those that were started in this place of the order or after it.
   */
  *list(owner: string, before = Number.POSITIVE_INFINITY): Generator<ListedExecution> {
    const list = this.#lists.get(owner) ?? [];
    for (let index = list.length - 1; index >= 0; index--) {
      const entry = list[index] as Entry;
      if (entry.order < before) yield entry;
    }
  }

  mapRun(arn: string): MapRunRecord | undefined {
    return this.#mapRuns.get(arn)?.();
  }

  /** Of an execution, the newest first. */
  mapRunsOf(executionArn: string): readonly MapRunRecord[] {
    const arns = this.#mapRunsOf.get(executionArn) ?? [];
    return arns.map((arn) => (this.#mapRuns.get(arn) as () => MapRunRecord)()).reverse();
  }

  /** Takes in a Map Run, which the function tells of for as long as it goes on. */
  beginMapRun(run: () => MapRunRecord): void {
    const { mapRunArn, executionArn } = run();
    this.#file.mapRun(run());
    this.#addMapRun(mapRunArn, executionArn, run);
  }

  endMapRun(run: MapRunRecord): void {
    this.#file.mapRun(run);
    this.#mapRuns.set(run.mapRunArn, () => run);
  }

  close(): void {
    this.#file.close();
  }

  #add(record: ExecutionRecord, live: LiveExecution | undefined, place: BodyPlace | undefined): void {
    const entry: Entry = { record, order: this.#order++, live, place };
    this.#entries.set(record.arn, entry);
    const owner = ownerOf(record);
    const list = this.#lists.get(owner);
    if (list === undefined) this.#lists.set(owner, [entry]);
    else list.push(entry);
    if (live === undefined) this.#ended += 1;
  }

  #addMapRun(arn: string, executionArn: string, run: () => MapRunRecord): void {
    const isKnown = this.#mapRuns.has(arn);
    this.#mapRuns.set(arn, run);
    // One that is redriven.
    if (isKnown) return;
    const arns = this.#mapRunsOf.get(executionArn);
    if (arns === undefined) this.#mapRunsOf.set(executionArn, [arn]);
    else arns.push(arn);
  }

  #forget(): void {
    if (this.#ended <= this.#keep) return;
    for (const entry of this.#entries.values()) {
      if (this.#ended <= this.#keep) break;
      if (entry.live === undefined) this.#remove(entry);
    }
    this.#file.compact(() => this.#kept());
  }

  #remove({ record, place }: Entry): void {
    this.#entries.delete(record.arn);
    const list = this.#lists.get(ownerOf(record)) as Entry[];
    const index = list.findIndex((entry) => entry.record === record);
    if (index === 0) list.shift();
    else list.splice(index, 1);
    for (const arn of this.#mapRunsOf.get(record.arn) ?? []) this.#mapRuns.delete(arn);
    this.#mapRunsOf.delete(record.arn);
    this.#file.forget(place as BodyPlace);
    this.#ended -= 1;
  }

  *#kept() {
    for (const entry of this.#entries.values())
      yield {
        record: entry.record,
        input: entry.live?.input,
        place: entry.place,
        moved: (place: BodyPlace) => {
          entry.place = place;
        },
        mapRuns: this.mapRunsOf(entry.record.arn),
      };
  }
}

const ownerOf = ({ mapRunArn, machineArn }: ExecutionRecord): string => mapRunArn ?? machineArn;

/** The event that is kept so. */
export const eventOf = ({ timestamp, ...event }: StoredEvent): HistoryEvent => ({
  ...event,
  timestamp: new Date(Math.round(timestamp * 1000)),
});

/** An event as it is kept and answered. */
export const storedEvent = (event: HistoryEvent): StoredEvent => ({
  ...event,
  timestamp: event.timestamp.getTime() / 1000,
});
