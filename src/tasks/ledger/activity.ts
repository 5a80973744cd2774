import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { LONGEST_CALL_MILLISECONDS } from '../client-settings.ts';
import type { TaskClock } from '../handler.ts';
import { incidentPartition, type Ledger } from './ledger.ts';
import { readRecords } from './read-records.ts';

/** What changes something beside the ledger. */
export type ActivityKind = 'freeze' | 'thaw' | 'reset';

const PREFIX = 'active#';

const LEASE_MILLISECONDS = 60_000;

/**
 * One invocation that changes something, as others see it. Step Functions gives an invocation up when its execution
 * is stopped or its answer is lost, and Lambda lets it run on; whoever does the opposite waits for it (`othersAtRest`).
 * It is in the ledger from before its first change until after its last one. If it dies, its lease ends.
 */
export class Activity {
  readonly #ledger: Ledger;
  readonly #clock: TaskClock;
  readonly #sortKey: string;
  /** Milliseconds since the epoch. */
  #until = 0;
  #renewal: Promise<void> | undefined;
  #hasBegun = false;

  /** It begins with its first `keep`. */
  constructor(ledger: Ledger, kind: ActivityKind, clock: TaskClock) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#sortKey = `${PREFIX}${kind}#${randomUUID()}`;
  }

  /**
   * To be awaited before every change, and before it is asked whether that is allowed.
   * @returns whether the lease was renewed: it may have ended before, and others have begun.
   */
  async keep(): Promise<boolean> {
    if (!this.#isDue) return false;
    while (this.#isDue) {
      this.#renewal ??= this.#renew().finally(() => {
        this.#renewal = undefined;
      });
      await this.#renewal;
    }
    return true;
  }

  /** Nothing of it is under way any more. Never fails: a record that stays ends with its lease. */
  async end(): Promise<void> {
    if (!this.#hasBegun) return;
    const { dynamodb, table } = this.#ledger;
    await dynamodb.send(new DeleteItemCommand({ TableName: table, Key: this.#key })).catch(() => undefined);
  }

  get #key() {
    return { pk: { S: incidentPartition(this.#ledger.incidentId) }, sk: { S: this.#sortKey } };
  }

  get #isDue(): boolean {
    return this.#clock.now() > this.#until - LEASE_MILLISECONDS / 2;
  }

  async #renew(): Promise<void> {
    const { dynamodb, table } = this.#ledger;
    const until = this.#clock.now() + LEASE_MILLISECONDS;
    const Item = { ...this.#key, until: { S: new Date(until).toISOString() } };
    this.#hasBegun = true;
    await dynamodb.send(new PutItemCommand({ TableName: table, Item }));
    this.#until = until;
  }
}

const LOOK_EVERY_MILLISECONDS = 2000;

/**
 * How far two clocks are believed to be apart. AWS refuses a request whose time stamp is more than five minutes off (IAM
 * user guide, "AWS Signature Version 4 for API requests"), but the SDK corrects for that, so that a laptop's may be more.
 */
const CLOCKS_APART_MILLISECONDS = 60 * 60_000;

/** An invocation that may still change something. */
export interface OtherActivity {
  readonly kind: ActivityKind;
  /** When nothing of it can land any more, if it does not end before and does not renew its lease: UTC, ISO 8601. */
  readonly until: string;
}

interface Awaiting {
  readonly clock: TaskClock;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Told once whom it is waited for. */
  readonly waits: (other: OtherActivity) => void;
  /** Asked at every look; throws when it is no longer worth waiting. */
  readonly worthWaiting: () => Promise<void>;
}

/**
 * Waits until no other invocation of these kinds can change anything any more: it has ended, or its lease has, and
 * what it began has landed. A lease ends as long after it was seen here as it lasts, since its own clock may be another.
 * @throws Error when the deadline comes first.
 */
export async function othersAtRest(
  ledger: Ledger,
  kinds: readonly ActivityKind[],
  { clock, deadline, waits, worthWaiting }: Awaiting,
): Promise<void> {
  const seen = new Map<string, number>();
  const other = ({ kind, lease, until }: Leased): OtherActivity => {
    const seenAt = seen.get(lease) ?? clock.now();
    seen.set(lease, seenAt);
    const end = Math.min(seenAt + LEASE_MILLISECONDS, Date.parse(until) + CLOCKS_APART_MILLISECONDS);
    return { kind, until: new Date(end + LONGEST_CALL_MILLISECONDS).toISOString() };
  };
  for (let look = 1; ; look += 1) {
    const leased = (await activities(ledger)).filter(({ kind }) => kinds.includes(kind));
    const [first] = leased.map(other).filter(({ until }) => Date.parse(until) > clock.now());
    if (first === undefined) return;
    if (look === 1) waits(first);
    if (clock.now() + LOOK_EVERY_MILLISECONDS > deadline)
      throw new Error(
        `an earlier ${first.kind} of the same incident is still at work, until ${first.until} if it has died`,
      );
    await clock.sleep(LOOK_EVERY_MILLISECONDS);
    await worthWaiting();
  }
}

/** What the ledger has of an invocation. */
interface Leased {
  readonly kind: ActivityKind;
  /** Tells this lease from all others, its own former ones too. */
  readonly lease: string;
  /** By the clock of the invocation: UTC, ISO 8601. */
  readonly until: string;
}

async function activities(ledger: Ledger): Promise<Leased[]> {
  const records = await readRecords(ledger, {
    partition: incidentPartition(ledger.incidentId),
    prefix: PREFIX,
  });
  return records.map(({ sk, until }) => ({
    kind: sk?.S?.split('#')[1] as ActivityKind,
    lease: `${sk?.S} ${until?.S}`,
    until: until?.S ?? '',
  }));
}
