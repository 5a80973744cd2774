import fc from 'fast-check';
import jsonata from 'jsonata';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { DEEPEST_EVALUATION, evaluationDepth } from '../../../../src/dsl/asl/evaluation-depth.ts';
import type { Json } from '../../../../src/dsl/asl/machine.ts';
import { workflow } from '../../../../src/dsl/authoring/workflow.ts';
import { inputSchema } from '../../../../src/dsl/authoring/input-schema.ts';
import { compile } from '../../../../src/dsl/compiler/compile.ts';
import { faultsOf } from '../../../../src/dsl/compiler/guard/faults-of.ts';
import { jsonata as textOf } from '../../../../src/dsl/compiler/render/jsonata.ts';
import { states } from '../../../../src/dsl/ast/node.ts';
import { simulate } from '../../../../src/dsl/simulator/simulate.ts';
import { mutants } from '../../../support/mutants.ts';
import { schemaSubjects } from '../../../support/schema-subjects.ts';
import type { Subject } from '../../../support/subject.ts';

/** More runs, and others, for a longer search. */
const RUNS = Number(process.env.GUARD_RUNS ?? 200);
const SEED = Number(process.env.GUARD_SEED ?? 1);

/** What the guard of this schema finds in a value, and what it does not check. */
function guardOf({ schema }: Subject) {
  const checkable = inputSchema(schema, 'Guarded › input');
  const guard = faultsOf(checkable.schema, states('input'), 'input');
  const text = textOf(guard.faults);
  const levels = Number(/\$level > (\d+)/.exec(text)?.[1] ?? 1);
  expect(evaluationDepth(text, levels - 1)).toBeLessThanOrEqual(DEEPEST_EVALUATION);
  const expression = jsonata(text);
  return {
    unchecked: [...checkable.unchecked, ...guard.unchecked],
    faults: async (input: Json) => (await expression.evaluate(undefined, { states: { input } })) as string[],
  };
}

/** The paths that zod names, as the guard writes them. */
function pathsOf(error: z.ZodError): readonly string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(step);
    const keys = issue.code === 'unrecognized_keys' ? issue.keys.map(step) : [''];
    return keys.map((key) => `input${path.join('')}${key}`);
  });
}

function step(key: PropertyKey): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_]\w*$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(key)}]`;
}

const schemaText = ({ schema }: Subject) => JSON.stringify(inputSchema(schema, 'Guarded › input').schema);

const cases = schemaSubjects.chain((subject) =>
  fc.record({
    subject: fc.constant({ ...subject, [fc.toStringMethod]: () => schemaText(subject) }),
    valid: fc.array(
      subject.values.chain((value) => fc.tuple(fc.constant(value), mutants(value))),
      { minLength: 1, maxLength: 4 },
    ),
    others: fc.array(fc.jsonValue() as fc.Arbitrary<Json>, { maxLength: 2 }),
  }),
);

it('accepts exactly what zod accepts, and names the place that zod names', async () => {
  const seen = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(cases, async ({ subject, valid, others }) => {
      const { faults, unchecked } = guardOf(subject);
      expect(unchecked.filter(({ what }) => !what.includes('levels deep'))).toEqual([]);
      for (const value of [...valid.flat(), ...others]) {
        const found = await faults(value);
        const parsed = subject.schema.safeParse(value);
        seen[parsed.success ? 'accepted' : 'refused'] += 1;
        // Below its last level a schema that refers to itself is left to the first task.
        const accepted = parsed.success || (found.length === 0 && unchecked.length > 0);
        expect({ value, accepted: found.length === 0, found }).toEqual({ value, accepted, found });
        if (!parsed.success && found.length > 0) expectSamePlace(subject, pathsOf(parsed.error), found);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(seen.accepted).toBeGreaterThan(RUNS);
  expect(seen.refused).toBeGreaterThan(RUNS);
}, 3_600_000);

function expectSamePlace({ ambiguous }: Subject, named: readonly string[], found: readonly string[]): void {
  const meets = (path: string, fault: string) =>
    fault.startsWith(`${path} `) ||
    (ambiguous && (fault.startsWith(path) || path.startsWith(String(fault.split(' ')[0]))));
  const met = named.some((path) => found.some((fault) => meets(path, fault)));
  expect({ named, found, met }).toEqual({ named, found, met: true });
}

it('ends the execution with InvalidInput exactly when zod refuses', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ subject, valid }) => {
      const { machine, unchecked } = compile(
        workflow('Guarded', { input: subject.schema, output: z.object({}), timeout: '1 minute' }).returns(
          () => ({}),
        ),
      );
      for (const value of valid.flat()) {
        const { status, error } = await simulate(machine, value);
        const refused = { status: 'FAILED', error: 'InvalidInput' };
        const accepted = { status: 'SUCCEEDED', error: undefined };
        const right = subject.schema.safeParse(value).success
          ? [accepted]
          : [refused, ...unchecked.map(() => accepted)];
        expect(right).toContainEqual({ status, error });
      }
    }),
    { numRuns: Math.ceil(RUNS / 5), seed: SEED },
  );
}, 3_600_000);
