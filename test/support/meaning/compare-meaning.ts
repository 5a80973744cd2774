import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { type CompiledWorkflow, compile, machineText } from '../../../src/dsl/compiler/compile.ts';
import {
  type ExecutionResult,
  type SimulatedFunction,
  simulate,
} from '../../../src/dsl/simulator/simulate.ts';
import { callsDiffer } from './call-tree.ts';
import type { Drawn } from './draw-workflow.ts';
import { NO_VALUE } from './evaluate.ts';
import { Forks } from './forks.ts';
import { type Ending, interpret } from './interpret.ts';
import { AVOIDS } from './known-limits.ts';
import { type MadeCall, PlannedTasks, type TaskPlan } from './task-plan.ts';

/** How many orders of what happens at once are tried. */
const MOST_FORKS = 200;

/** What of a compiled workflow is not as the workflow says; undefined when all is well. */
export async function meaningDiffers({ subject, input, plan }: Drawn): Promise<string | undefined> {
  const compiled = compiledUnlessKnown(subject);
  if (compiled === undefined) return undefined;
  if (machineText(compile(subject).machine) !== machineText(compiled.machine))
    return 'compiles to other bytes';
  const found = checkMachine(compiled.machine).find(
    ({ severity, code }) => severity === 'error' || code.endsWith('undefined-variable'),
  );
  if (found) return `${found.code} in ${found.state}: ${found.problem}`;
  const { result, made } = await run(compiled.machine, input, plan);
  const [history] = compiled.limits.histories;
  if (typeof history?.withEveryRetry === 'number' && result.history.length > history.withEveryRetry)
    return `${result.history.length} events, more than the ${history.withEveryRetry} that the limits say`;
  const differences = new Set<string>();
  let taken: readonly number[] | undefined = [];
  for (let run = 0; taken !== undefined && run < MOST_FORKS; run += 1) {
    const forks = new Forks(taken);
    const { ending, calls } = interpret(subject.node, input, { plan, forks });
    const difference = endingsDiffer(ending, result) ?? callsDiffer(calls, made);
    if (difference === undefined) return undefined;
    differences.add(difference);
    taken = forks.next();
  }
  return [...differences].join('\nor ');
}

function compiledUnlessKnown(subject: Drawn['subject']): CompiledWorkflow | undefined {
  try {
    return compile(subject);
  } catch (refusal) {
    // A clause for what nothing in the body may fail with is an author's mistake, and not drawn on purpose.
    if (/: nothing that is tried declares the error/.test(String(refusal))) return undefined;
    if (AVOIDS.unreachable && /: no transition leads to it/.test(String(refusal))) return undefined;
    throw refusal;
  }
}

async function run(machine: Parameters<typeof simulate>[0], input: Json, plan: TaskPlan) {
  const made: MadeCall[] = [];
  const tasks = new PlannedTasks(plan);
  const called =
    (task: string): SimulatedFunction =>
    (payload) => {
      const call = { task, payload: plainly(payload) };
      made.push(call);
      const outcome = tasks.answer(call);
      if ('error' in outcome) throw Object.assign(new Error(outcome.words), { name: outcome.error });
      return outcome.gives;
    };
  const functions = Object.fromEntries([...plan.keys()].map((task) => [task, called(task)]));
  return { result: await simulate(machine, input, { functions }), made };
}

function endingsDiffer(ending: Ending, result: ExecutionResult): string | undefined {
  const actual =
    result.status === 'SUCCEEDED'
      ? { status: result.status, output: plainly(result.output ?? null) }
      : { status: result.status, error: result.error, words: plainly(wordsOf(result.cause ?? '')) };
  const [left, right] = [sorted(ending), sorted(actual)];
  return left === right ? undefined : `means ${left}\n but gives ${right}`;
}

/** The words of a failure that stays where it happens: of a function, its error's message. */
function wordsOf(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: string };
    return errorMessage ?? cause;
  } catch {
    return cause;
  }
}

/** Step Functions' own words for what has no value, and its description of a failed child, in the reference's. */
function plainly(value: Json): Json {
  if (typeof value === 'string')
    return value.replaceAll(
      /An error occurred while executing the state .*? returned nothing \(undefined\)\./gs,
      NO_VALUE,
    );
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plainly);
  const fields = value as { readonly [name: string]: Json };
  if ('ExecutionArn' in fields) return { failed: fields.Error ?? null };
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, plainly(field)]));
}

/** As text with the fields in alphabetical order. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
