import type { Json, StateMachine } from '../../asl/machine.ts';
import { Execution } from '../execution.ts';
import type { AsyncInvocation } from '../integrations/integration.ts';
import { evaluateExpression } from '../jsonata/evaluate-expression.ts';
import type { Process, Request, TaskCall } from '../request.ts';
import { runCall } from '../run-call.ts';
import { StateFailure } from '../state-failure.ts';
import { Strand } from '../strand.ts';
import type { World } from '../world.ts';
import { mockedResult } from './perform-mocked.ts';
import type { ReadMock } from './read-request.ts';

/** The longest that a test may run. Source: Step Functions API Reference, "TestState". */
const maximumRunSeconds = 300;

/** What a tested state may turn to. */
interface Surroundings {
  readonly world: World;
  readonly executionArn: string;
  readonly mock: ReadMock | undefined;
}

/** Runs the process of one state: a call is mocked, or made for real; there is no history. */
export async function drive<T>(process: Process<T>, { world, executionArn, mock }: Surroundings): Promise<T> {
  const beside: Promise<AsyncInvocation>[] = [];
  const surroundings = { now: () => world.clock.now(), random: world.random, uuid: world.uuid };
  const end = world.clock.now() + maximumRunSeconds * 1000;
  let lastEvent = 0;
  let step = process.next();
  while (step.done !== true) {
    let answer: unknown;
    try {
      answer = await perform(step.value);
    } catch (fault) {
      step = process.throw(fault);
      continue;
    }
    step = process.next(answer);
  }
  await Promise.all(beside);
  return step.value;

  function perform(request: Request): unknown {
    switch (request.kind) {
      case 'record':
        return ++lastEvent;
      case 'evaluate':
        return evaluateExpression(request.evaluation, surroundings);
      case 'now':
        return world.clock.now();
      case 'random':
        return world.random();
      case 'uuid':
        return world.uuid();
      case 'sleepUntil':
        return sleepUntil(request.at);
      case 'knowsActivity':
        return mock !== undefined;
      case 'call':
        return mock === undefined ? call(request.call) : mockedResult(mock);
      case 'fork':
      case 'mapRunStarted':
      case 'startMapChild':
      case 'redriveMapChild':
      case 'permitMapRun':
      case 'awaitMapChild':
      case 's3':
      case 'observe':
        throw new Error(
          `a tested state has no processes of its own and no observer, and this one asks for '${request.kind}'`,
        );
    }
    return request satisfies never;
  }

  async function sleepUntil(at: number): Promise<void> {
    await new Promise<void>((resolve) => world.clock.schedule(Math.min(at, end), resolve));
    if (at > end) throw new StateFailure('States.Timeout');
  }

  function call(taskCall: TaskCall): Promise<Json> {
    const { timeoutSeconds = maximumRunSeconds } = taskCall;
    const bounded = { ...taskCall, timeoutSeconds: Math.min(timeoutSeconds, maximumRunSeconds) };
    const caller = {
      executionArn,
      authority: undefined,
      submitted: () => {},
      begun: () => {},
      startExecution: (machineName: string, machine: StateMachine, start: { input: Json; name: string }) =>
        new Execution(world, { machineName, machine, type: 'STANDARD', ...start }),
      beside: (invocation: Promise<AsyncInvocation>) => {
        beside.push(invocation);
      },
    };
    return runCall(bounded, new Strand(), { world, caller });
  }
}
