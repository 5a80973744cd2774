import { Command, Option } from 'commander';
import { allSingleFaults, failuresOf, pairOfFaults, replayCommand } from './cases.ts';
import { VARIANTS, type Variant } from './disaster.ts';
import { explore, REMEDIES, type Case, type Remedy } from './explore.ts';
import { faultText, parseFault } from './fault.ts';

interface Options {
  readonly fault: readonly string[];
  readonly then: Remedy;
  readonly variant?: Variant;
  readonly pairs?: string;
  readonly seed: string;
}

/** Runs one case and tells all of it. */
async function replay(one: Case): Promise<number> {
  const { first, struck, violations, virtualMilliseconds } = await explore(one);
  console.log(`the recovery ended ${first?.status} ${first?.error ?? ''}\n${first?.cause ?? ''}`);
  console.log(`struck: ${struck.map(faultText).join(', ') || 'none of the faults'}`);
  console.log(`virtual hours: ${(virtualMilliseconds / 3_600_000).toFixed(2)}`);
  for (const { invariant, words } of violations) console.log(`${invariant} ${words}`);
  return violations.length;
}

/** Runs many cases and tells those that break an invariant. */
async function search(cases: AsyncIterable<Case> | Iterable<Case>): Promise<number> {
  let tried = 0;
  let broken = 0;
  for await (const one of cases) {
    tried += 1;
    const failures = await failuresOf(one).catch((fault: unknown) => [
      `${String(fault)}; replay: ${replayCommand(one)}`,
    ]);
    broken += failures.length;
    for (const failure of failures) console.log(failure);
    if (tried % 500 === 0) console.log(`${tried} cases, ${broken} broken invariants`);
  }
  console.log(`${tried} cases, ${broken} broken invariants`);
  return broken;
}

async function* pairs(number: number, seed: number): AsyncGenerator<Case> {
  for (let index = 0; index < number; index += 1) yield pairOfFaults(seed + index);
}

const {
  fault,
  then,
  variant,
  pairs: number,
  seed,
} = new Command('explore')
  .description(
    'Has faults strike the calls of a small recovery in virtual time, and checks that nothing is lost.',
  )
  .helpCommand(false)
  .option(
    '--fault <fault>',
    'run one case with this fault (repeatable)',
    (text, all: string[]) => [...all, text],
    [],
  )
  .addOption(new Option('--then <remedy>', 'what is done when it fails').choices(REMEDIES).default('second'))
  .addOption(new Option('--variant <variant>', 'how the recovery is asked for').choices(VARIANTS))
  .option('--pairs <number>', 'so many pairs of faults; default every single fault with every remedy')
  .option('--seed <number>', 'of the first pair, or of the case', '1')
  .parse()
  .opts<Options>();

const broken =
  fault.length > 0
    ? await replay({
        variant: variant ?? 'plain',
        faults: fault.map(parseFault),
        remedy: then,
        seed: Number(seed),
      })
    : number === undefined
      ? await search((await Promise.all((variant ? [variant] : VARIANTS).map(allSingleFaults))).flat())
      : await search(pairs(Number(number), Number(seed)));
process.exitCode = broken === 0 ? 0 : 1;
