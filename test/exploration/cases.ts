import { seededRandom } from '../../src/dsl/simulator/seeded-random.ts';
import type { Variant } from './disaster.ts';
import { explore, REMEDIES, type Case } from './explore.ts';
import { type Fault, faultsAt, faultText, type MadeCall } from './fault.ts';

/** The seed of a recovery whose seed does not matter. */
export const ANY_SEED = 1;

const recordings = new Map<Variant, Promise<readonly MadeCall[]>>();

/** The calls of a recovery that no fault disturbs, recorded once: what faults can strike is found, not listed. */
export function usualCalls(variant: Variant): Promise<readonly MadeCall[]> {
  const recorded = recordings.get(variant) ?? recordedCalls(variant);
  recordings.set(variant, recorded);
  return recorded;
}

async function recordedCalls(variant: Variant): Promise<readonly MadeCall[]> {
  const { made, violations } = await explore({ variant, faults: [], seed: ANY_SEED, remedy: 'second' });
  if (violations.length > 0)
    throw new Error(`without any fault: ${violations.map(({ words }) => words).join('; ')}`);
  return made;
}

/** What a handler reads: to die or to be stopped there is to do so after the change before it. */
const isRead = ({ operation, maker }: MadeCall): boolean =>
  maker === 'handler' && /^(Get|Query|Describe|List|Scan)/.test(operation);

/** Whether a call is about what a freeze pauses by name, which is so where the recovery is guarded. */
export const isOfPauses = ({ operation }: Pick<MadeCall, 'operation'>): boolean =>
  /^(Describe|Disable|Enable|Get|Start|Stop|Update)(Pipe|Rule|Schedule)$/.test(operation);

const READ_FAULTS: readonly string[] = ['refused', 'throttled', 'apply-lost'];

/**
 * Every fault at every call, each with one of the remedies, in turns. A handler's reads meet only those faults that
 * it hears of, since every other is the same as one at the change before.
 */
export async function singleFaults(variant: Variant): Promise<Case[]> {
  return (await usualCalls(variant))
    .flatMap((call) => faultsAt(call).filter(({ kind }) => !isRead(call) || READ_FAULTS.includes(kind)))
    .map((fault, index) => ({
      variant,
      faults: [fault],
      seed: ANY_SEED,
      // Turned by one after each round, since the calls have as many kinds of faults each, or a multiple of that.
      remedy: REMEDIES[(index + Math.floor(index / REMEDIES.length)) % REMEDIES.length] ?? 'second',
    }));
}

/** Every fault at every call, reads too, each with every remedy. */
export async function allSingleFaults(variant: Variant): Promise<Case[]> {
  return (await usualCalls(variant))
    .flatMap((call) => faultsAt(call))
    .flatMap((fault) => REMEDIES.map((remedy) => ({ variant, faults: [fault], seed: ANY_SEED, remedy })));
}

/** Two faults drawn by a seed: one anywhere, the other at any call that is made after the first has struck. */
export async function pairOfFaults(seed: number): Promise<Case> {
  const random = seededRandom(seed);
  const draw = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const variant = draw(['plain', 'guarded', 'selective', 'sensitive'] as const);
  const remedy = draw(REMEDIES);
  const first = draw(faultsAt(draw(await usualCalls(variant))));
  const { made } = await explore({ variant, seed, faults: [first], remedy });
  const after = made.findIndex((call) => isSame(call, first)) + 1;
  const second = draw(faultsAt(draw(after < made.length ? made.slice(after) : made)));
  return { variant, faults: [first, second], seed, remedy };
}

const isSame = (call: MadeCall, { operation, number }: Fault): boolean =>
  call.operation === operation && call.number === number;

/** The command that runs a case again. */
export function replayCommand({ variant, faults, meanwhile = [], seed, remedy }: Case): string {
  const struck = faults.map((fault) => `--fault '${faultText(fault)}' `).join('');
  const between = meanwhile.length === 0 ? '' : `--meanwhile ${meanwhile.join(' ')} `;
  return `npm run explore -- --variant ${variant} ${struck}${between}--then ${remedy} --seed ${seed}`;
}

/** Every so many-th case, beginning with one of the first. */
export const shareOf = <T>(all: readonly T[], share: number, of: number): T[] =>
  all.filter((_one, index) => index % of === share);

/** Explores cases. @returns a line for each broken invariant, which replays it. */
export async function failuresOfAll(cases: readonly Case[]): Promise<string[]> {
  const failures: string[] = [];
  for (const one of cases) failures.push(...(await failuresOf(one)));
  return failures;
}

/** Explores a case. @returns a line for each broken invariant, which replays it. */
export async function failuresOf(one: Case): Promise<string[]> {
  const { violations } = await explore(one);
  return violations.map(({ invariant, words }) => `${invariant} ${words}; replay: ${replayCommand(one)}`);
}
