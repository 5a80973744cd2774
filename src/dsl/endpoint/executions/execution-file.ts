import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Revision } from '../catalog/state-machine.ts';
import { ExecutionLog, type LinePlace } from './execution-log.ts';
import type { ExecutionBody, ExecutionRecord } from './execution-record.ts';
import { interrupted, interruptedCause, interruptedError } from './interrupted.ts';
import type { MapRunRecord } from './map-run-record.ts';

/** Where an ended execution's body stands. */
export type BodyPlace = LinePlace;

/** A record with its revision's key in the revision's place. */
type Head = Omit<ExecutionRecord, 'revision'> & { readonly revision: string };

type Line =
  | { readonly kind: 'revision'; readonly revision: Revision }
  | { readonly kind: 'started'; readonly head: Head; readonly input: string }
  /** The next line is the body. */
  | { readonly kind: 'ended'; readonly head: Head }
  | { readonly kind: 'mapRun'; readonly run: MapRunRecord };

/** How the line of a body begins, whose first member is the input: it need not be parsed to be passed over. */
const bodyStart = '{"input":';

/** Bytes of forgotten executions that the file is not rewritten for. */
const idleBytes = 64 * 1024 * 1024;

/** An execution that stays when the file is rewritten. */
export interface KeptExecution {
  readonly record: ExecutionRecord;
  /** Of one under way. */
  readonly input: string | undefined;
  readonly place: BodyPlace | undefined;
  readonly moved: (place: BodyPlace) => void;
  readonly mapRuns: readonly MapRunRecord[];
}

/**
 * Executions on disk: one file to whose end everything is written, with all that is needed to understand it. Without
 * a folder of its own it is in a temporary one, which `close` removes.
 */
export class ExecutionFile {
  readonly #folder: string;
  readonly #temporary: boolean;
  #log: ExecutionLog;
  /** Of the revisions that the file has. */
  readonly #revisions = new Map<string, Revision>();
  readonly #mapRuns = new Map<string, MapRunRecord>();
  #forgotten = 0;

  constructor(folder?: string) {
    this.#temporary = folder === undefined;
    this.#folder = folder ?? mkdtempSync(join(tmpdir(), 'rewind-serve-'));
    mkdirSync(this.#folder, { recursive: true });
    this.#log = new ExecutionLog(this.#path);
  }

  get #path(): string {
    return join(this.#folder, 'executions.jsonl');
  }

  /** What was there at the start, in starting order. One that was under way has been aborted by that. */
  load(): readonly { readonly record: ExecutionRecord; readonly place: BodyPlace }[] {
    const known = new Map<string, { record: ExecutionRecord; input: string; place?: BodyPlace }>();
    let bodyOf: ExecutionRecord | undefined;
    let bodyFrom = 0;
    for (const { text, ...place } of this.#log.lines()) {
      if (text.startsWith(bodyStart)) {
        const ended = bodyOf === undefined ? undefined : known.get(bodyOf.arn);
        if (ended !== undefined && bodyOf !== undefined)
          known.set(bodyOf.arn, { ...ended, record: bodyOf, place });
        bodyOf = undefined;
        continue;
      }
      const line = this.#parsed(text, place.offset);
      bodyOf = undefined;
      if (line.kind === 'revision') this.#revisions.set(line.revision.key, line.revision);
      else if (line.kind === 'mapRun') this.#mapRuns.set(line.run.mapRunArn, line.run);
      else {
        const record = this.#recordOf(line.head);
        if (line.kind === 'started') known.set(record.arn, { record, input: line.input });
        else {
          bodyOf = record;
          bodyFrom = place.offset;
          if (!known.has(record.arn)) known.set(record.arn, { record, input: '' });
        }
      }
    }
    // A head whose body a crash has cut off.
    if (bodyOf !== undefined) this.#log.cut(bodyFrom);
    return [...known.values()].map(({ record, input, place }) => {
      if (place !== undefined) return { record, place };
      const aborted = interrupted(record);
      return { record: aborted, place: this.ended(aborted, interruptedBody(aborted, input)) };
    });
  }

  #parsed(text: string, offset: number): Line {
    try {
      return JSON.parse(text) as Line;
    } catch (fault) {
      throw new Error(`${this.#path}: the line at byte ${offset} is no JSON; remove it, or the file`, {
        cause: fault,
      });
    }
  }

  /** After `load`. One that was under way has been aborted. */
  loadMapRuns(): readonly MapRunRecord[] {
    return [...this.#mapRuns.values()].map((run) =>
      run.status === 'RUNNING' ? { ...run, status: 'ABORTED', stopDate: Date.now() } : run,
    );
  }

  /** Of no use in a temporary file: nobody will load it. */
  started(record: ExecutionRecord, input: string): void {
    if (!this.#temporary) this.#append({ kind: 'started', head: this.#headOf(record), input });
  }

  ended(record: ExecutionRecord, body: ExecutionBody): BodyPlace {
    if (!this.#temporary) this.#append({ kind: 'ended', head: this.#headOf(record) });
    return this.#log.append(JSON.stringify(body));
  }

  mapRun(run: MapRunRecord): void {
    if (!this.#temporary) this.#append({ kind: 'mapRun', run });
  }

  body(place: BodyPlace): ExecutionBody {
    return JSON.parse(this.#log.read(place)) as ExecutionBody;
  }

  forget({ length }: BodyPlace): void {
    this.#forgotten += length;
  }

  /** Rewrites the file without what has been forgotten, when that is most of it. */
  compact(kept: () => Iterable<KeptExecution>): void {
    if (this.#forgotten < idleBytes || this.#forgotten < this.#log.size / 2) return;
    const [old, path] = [this.#log, `${this.#path}.new`];
    rmSync(path, { force: true });
    this.#log = new ExecutionLog(path);
    this.#revisions.clear();
    for (const { record, input, place, moved, mapRuns } of kept()) {
      if (input !== undefined) this.started(record, input);
      else if (place !== undefined) {
        if (!this.#temporary) this.#append({ kind: 'ended', head: this.#headOf(record) });
        moved(this.#log.append(old.read(place).trimEnd()));
      }
      for (const run of mapRuns) this.mapRun(run);
    }
    this.#log.flush();
    old.close();
    renameSync(path, this.#path);
    this.#forgotten = 0;
  }

  close(): void {
    this.#log.close();
    if (this.#temporary) rmSync(this.#folder, { recursive: true, force: true });
  }

  #append(line: Line): void {
    this.#log.append(JSON.stringify(line));
  }

  #headOf({ revision, ...head }: ExecutionRecord): Head {
    if (!this.#revisions.has(revision.key)) {
      this.#revisions.set(revision.key, revision);
      this.#append({ kind: 'revision', revision });
    }
    return { ...head, revision: revision.key };
  }

  #recordOf(head: Head): ExecutionRecord {
    return { ...head, revision: this.#revisions.get(head.revision) as Revision };
  }
}

/** The history that nobody kept, as far as it can be told. */
function interruptedBody(record: ExecutionRecord, input: string): ExecutionBody {
  const { startDate, stopDate = startDate } = record;
  const [error, cause] = [interruptedError, interruptedCause];
  return {
    input,
    error,
    cause,
    events: [
      {
        id: 1,
        previousEventId: 0,
        timestamp: startDate / 1000,
        type: 'ExecutionStarted',
        executionStartedEventDetails: { input, roleArn: record.revision.roleArn },
      },
      {
        id: 2,
        previousEventId: 0,
        timestamp: stopDate / 1000,
        type: 'ExecutionAborted',
        executionAbortedEventDetails: { error, cause },
      },
    ],
  };
}
