import type { Json } from '../../src/dsl/asl/machine.ts';
import type { Workflow } from '../../src/dsl/authoring/workflow.ts';
import { compile } from '../../src/dsl/compiler/compile.ts';
import type { SimulationOptions } from '../../src/dsl/simulator/simulate.ts';
import { StateFailure } from '../../src/dsl/simulator/state-failure.ts';
import { type TestMachine, testMachine } from '../../src/dsl/testing/test-machine.ts';
import { machineCoverage } from '../../src/vitest/index.ts';

/** One of Rewind's own workflows, compiled, whose runs count for the coverage. A fake may leave out what it does not read. */
export const testedWorkflow = (workflow: Workflow, options: SimulationOptions = {}): TestMachine =>
  testMachine(compile(workflow), { fieldValidationMode: 'PRESENT', ...options, coverage: machineCoverage });

/** What stands in for a call: it fails under each of these errors in turn, and then gives the answer. */
export function afterFailures(errors: readonly string[], answer: Json): () => Json {
  const left = [...errors];
  return () => {
    const error = left.shift();
    if (error !== undefined) throw new StateFailure(error, 'it passes');
    return answer;
  };
}
