import type { StateMachine } from '../../../src/dsl/asl/machine.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { VirtualClock } from '../../../src/dsl/simulator/clock.ts';
import {
  type ExecutionResult,
  type SimulatedFunction,
  simulate,
} from '../../../src/dsl/simulator/simulate.ts';
import { answerTo } from './answer-to.ts';
import type { Plan } from './plan.ts';
import { type RunTrace, type TracedCall, inOrder } from './run-trace.ts';
import { durationOf } from './timing.ts';
import { workflowOf } from './workflow-of.ts';

/** What the compiled machine does in the simulator. */
export async function observedRun(plan: Plan): Promise<RunTrace> {
  const clock = new VirtualClock();
  const start = clock.now();
  const calls: TracedCall[] = [];
  const work: SimulatedFunction = async (payload, invocation) => {
    const { site, sees, answers } = payload as { site: string; sees: string; answers: string[] };
    const nth = calls.filter((call) => call.site === site).length + 1;
    calls.push({ at: invocation.clock.now() - start, site, sees });
    await invocation.clock.sleep(durationOf(site, nth));
    const answer = answerTo({ site, nth, answers });
    if (answer.kind === 'gives') return answer.value;
    throw Object.assign(new Error(answer.words), { name: answer.error });
  };
  const result = await simulate(withoutJitter(compile(workflowOf(plan)).machine), plan.input, {
    clock,
    functions: { Work: work },
  });
  return { calls: inOrder(calls), end: endOf(result), milliseconds: result.virtualMilliseconds };
}

/** Retries at times that are known, so that the order of what runs side by side is. */
const withoutJitter = (machine: StateMachine): StateMachine =>
  JSON.parse(
    JSON.stringify(machine).replaceAll('"JitterStrategy":"FULL"', '"JitterStrategy":"NONE"'),
  ) as StateMachine;

function endOf({ status, output, error = '', cause = '', history }: ExecutionResult): RunTrace['end'] {
  if (status === 'SUCCEEDED') return { status, output: (output as { text: string }).text };
  if (status !== 'FAILED') throw new Error(`the execution ended as ${status}`);
  const last = history.findLast(({ stateEnteredEventDetails }) => stateEnteredEventDetails !== undefined);
  const stayed = last?.stateEnteredEventDetails?.name !== 'Failed';
  return { status, error, cause: stayed ? wordsOf(cause) : cause, stayed };
}

/** Of what Lambda makes of a thrown error, its message. */
const wordsOf = (cause: string): string =>
  cause.startsWith('{"errorMessage":') ? (JSON.parse(cause) as { errorMessage: string }).errorMessage : cause;
