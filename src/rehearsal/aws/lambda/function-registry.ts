import { createHash } from 'node:crypto';
import { functionArn, functionNameOf } from '../arn.ts';
import { AwsError } from '../aws-error.ts';
import { EventSourceMapping, type MappingState } from './event-source-mapping.ts';

/** What an in-process function gets and gives: JSON values. */
export type RunFunction = (payload: unknown) => Promise<unknown>;

export interface FunctionDefinition {
  readonly name: string;
  readonly timeoutSeconds: number;
  /** Timeouts in seconds of its published versions, the first of which is version 1; default none. */
  readonly versions?: readonly number[];
  /** Absent: the function shares the account's unreserved concurrency. */
  readonly reservedConcurrency?: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** What Invoke runs; without it Invoke answers null. */
  readonly run?: RunFunction;
}

export interface MappingDefinition {
  /** Default: made from function, source and place in the registry. */
  readonly uuid?: string;
  readonly functionName: string;
  readonly eventSourceArn: string;
  readonly enabled: boolean;
}

/** A registered function; its reserved concurrency and tags change over time. */
export interface RegisteredFunction {
  readonly name: string;
  readonly arn: string;
  readonly timeoutSeconds: number;
  readonly versions: readonly number[];
  readonly run: RunFunction;
  readonly tags: Map<string, string>;
  /** Virtual milliseconds. */
  readonly createdAt: number;
  reservedConcurrency: number | undefined;
}

/** What a recovery must put back: comparable with deep equality. */
export interface FunctionsSnapshot {
  /** Reserved concurrency by function; null where none is reserved. */
  readonly reservedConcurrency: Readonly<Record<string, number | null>>;
  /** State by mapping UUID. */
  readonly mappings: Readonly<Record<string, MappingState>>;
  /** Tags by function. */
  readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Every function and event-source mapping of the account. */
export class FunctionRegistry {
  readonly #clock: { now(): number };
  readonly #functions = new Map<string, RegisteredFunction>();
  readonly #mappings = new Map<string, EventSourceMapping>();

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /** @throws Error when there is a function of that name. */
  addFunction(definition: FunctionDefinition): void {
    const { name } = definition;
    if (this.#functions.has(name))
      throw new Error(`function ${name} is already there; give each function its own name`);
    this.#functions.set(name, {
      name,
      arn: functionArn(name),
      timeoutSeconds: definition.timeoutSeconds,
      versions: definition.versions ?? [],
      run: definition.run ?? (() => Promise.resolve(null)),
      tags: new Map(Object.entries(definition.tags ?? {})),
      createdAt: this.#clock.now(),
      reservedConcurrency: definition.reservedConcurrency,
    });
  }

  /** @returns the mapping's UUID. @throws AwsError when its function is not there. */
  addMapping(definition: MappingDefinition): string {
    const { arn } = this.function(definition.functionName);
    const uuid = definition.uuid ?? this.#nextUuid(arn, definition.eventSourceArn);
    const { eventSourceArn, enabled } = definition;
    this.#mappings.set(
      uuid,
      new EventSourceMapping({ uuid, functionArn: arn, eventSourceArn, enabled }, this.#clock.now()),
    );
    return uuid;
  }

  /** @param nameOrArn name, partial ARN or ARN. @throws AwsError ResourceNotFoundException */
  function(nameOrArn: string): RegisteredFunction {
    const name = functionNameOf(nameOrArn);
    const found = this.#functions.get(name);
    if (found !== undefined) return found;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn(name)}`, {
      status: 404,
      fields: { Type: 'User' },
    });
  }

  /** @throws AwsError ResourceNotFoundException */
  mapping(uuid: string): EventSourceMapping {
    const found = this.#mappings.get(uuid);
    if (found !== undefined) return found;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', {
      status: 404,
      fields: { Type: 'User' },
    });
  }

  /** Every function, by name. */
  functions(): readonly RegisteredFunction[] {
    return [...this.#functions.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Every mapping, by UUID. */
  mappings(): readonly EventSourceMapping[] {
    return [...this.#mappings.values()].sort((left, right) => (left.uuid < right.uuid ? -1 : 1));
  }

  /** The present settings of every function and mapping. */
  snapshot(): FunctionsSnapshot {
    const now = this.#clock.now();
    const functions = this.functions();
    return {
      reservedConcurrency: Object.fromEntries(
        functions.map(({ name, reservedConcurrency }) => [name, reservedConcurrency ?? null]),
      ),
      mappings: Object.fromEntries(this.mappings().map((mapping) => [mapping.uuid, mapping.stateAt(now)])),
      tags: Object.fromEntries(functions.map(({ name, tags }) => [name, Object.fromEntries(tags)])),
    };
  }

  #nextUuid(...parts: string[]): string {
    const unique = [...parts, this.#mappings.size].join(' ');
    const hex = createHash('sha256').update(unique).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  }
}
