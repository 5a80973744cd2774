import { expect } from 'vitest';
import { order, world } from '../../docs/examples.ts';
import {
  compile,
  type ExecutionResult,
  type Json,
  type JsonObject,
  simulate,
  type StateMachine,
  type Workflow,
} from '../../src/dsl/index.ts';
import { elided } from './elided.ts';
import type { Statement } from './statement.ts';

/** Compares what a statement claims with what it does: the JSONata or ASL it becomes, what it gives or refuses. */
export async function checkClaims(statement: Statement, valueOf: () => Promise<unknown>): Promise<void> {
  const { jsonata, gives, refuses, json } = statement;
  if (refuses !== undefined) {
    await expect(valueOf()).rejects.toThrow(refuses);
    return;
  }
  const value = await valueOf();
  if (!isWorkflow(value)) {
    for (const text of [json, gives])
      if (text !== undefined) expectShown(plain(value), JSON.parse(text) as Json);
    return;
  }
  const { machine } = compile(value);
  if (jsonata !== undefined) expect(machine.States['Return']).toMatchObject({ Output: jsonata });
  if (json !== undefined) expectMachine(machine, JSON.parse(json) as JsonObject);
  if (gives !== undefined) expectOutcome(await simulate(machine, order, world()), gives);
}

/** A whole machine, or some of its states by name, wherever they stand. */
function expectMachine(machine: StateMachine, shown: JsonObject): void {
  if ('StartAt' in shown) expectShown(plain(machine), shown);
  const states = new Map(statesOf(plain(machine)));
  for (const [name, state] of 'StartAt' in shown ? [] : Object.entries(shown))
    expectShown({ [name]: states.get(name) ?? null }, { [name]: state });
}

const FAILURE = /^fails with (\S+?)(?:: ([^]*))?$/;

function expectOutcome(result: ExecutionResult, gives: string): void {
  const [, error, cause] = FAILURE.exec(gives) ?? [];
  if (error === undefined) {
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    expectShown(result.output ?? null, JSON.parse(gives) as Json);
  } else expect(result).toMatchObject({ status: 'FAILED', error, ...(cause === undefined ? {} : { cause }) });
}

const expectShown = (value: Json, shown: Json) => expect(elided(value, shown)).toEqual(shown);

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

function statesOf(machine: Json): readonly (readonly [string, Json])[] {
  if (typeof machine !== 'object' || machine === null) return [];
  return Object.entries(machine).flatMap(([key, part]: [string, Json]) => [
    ...(key === 'States' ? Object.entries(part as JsonObject) : []),
    ...statesOf(part),
  ]);
}

const isWorkflow = (value: unknown): value is Workflow =>
  typeof value === 'function' && 'workflowName' in value;
