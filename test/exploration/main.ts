import { Command, InvalidArgumentError, Option } from 'commander';
import { allSingleFaults, failuresOf, pairOfFaults, replayCommand } from './cases.ts';
import { VARIANTS, type Variant } from './disaster.ts';
import { EVENTS, explore, REMEDIES, type Case, type Event, type Remedy } from './explore.ts';
import { type Fault, faultText, parseFault } from './fault.ts';
import { BROKEN_TWINS } from './twins.ts';

interface Options {
  readonly fault: readonly Fault[];
  readonly meanwhile: readonly Event[];
  readonly then: Remedy;
  readonly variant?: Variant;
  readonly twin?: string;
  readonly pairs?: number;
  readonly seed: number;
}

/** Runs one case and tells all of it. @returns whether something is wrong with it. */
async function replay(one: Case): Promise<boolean> {
  const { first, struck, violations, virtualMilliseconds } = await explore(one);
  console.log(`the recovery ended ${[first?.status, first?.error, first?.cause].join(' ').trim()}`);
  console.log(`after ${(virtualMilliseconds / 3_600_000).toFixed(2)} virtual hours all is over`);
  const missed = one.faults.filter((fault) => !struck.includes(fault));
  for (const fault of missed) console.log(`${faultText(fault)} has not struck: there was no such call`);
  for (const { invariant, words } of violations) console.log(`${invariant} ${words}`);
  if (violations.length === 0) console.log('no invariant is broken');
  return missed.length + violations.length > 0;
}

/** How many cases tell how long all of them take. */
const FIRST_ESTIMATE = 50;

/** Cases that are made one by one, and how many there will be. */
interface Search {
  readonly cases: AsyncIterable<Case> | Iterable<Case>;
  readonly total: number;
}

/** Runs many cases and tells those that break an invariant, and how long the rest takes. @returns whether there are any. */
async function search({ cases, total }: Search, meanwhile: readonly Event[]): Promise<boolean> {
  const began = performance.now();
  let tried = 0;
  let broken = 0;
  for await (const usual of cases) {
    const one = { ...usual, meanwhile };
    const failures = await failuresOf(one).catch((fault: unknown) => [
      `${String(fault)}; replay: ${replayCommand(one)}`,
    ]);
    tried += 1;
    broken += failures.length;
    for (const failure of failures) console.log(failure);
    const minutes = ((performance.now() - began) / 60_000 / tried) * (total - tried);
    if (tried === FIRST_ESTIMATE || tried % 500 === 0)
      console.log(
        `${tried} of ${total} cases, ${broken} broken invariants; some ${Math.ceil(minutes)} minutes to go`,
      );
  }
  console.log(`${tried} cases, ${broken} broken invariants`);
  return broken > 0;
}

async function* pairsOfFaults(number: number, seed: number): AsyncGenerator<Case> {
  for (let index = 0; index < number; index += 1) yield pairOfFaults(seed + index);
}

async function everySingleFault(variants: readonly Variant[]): Promise<Search> {
  const cases: Case[] = [];
  for (const variant of variants) cases.push(...(await allSingleFaults(variant)));
  return { cases, total: cases.length };
}

function oneMoreFault(text: string, others: readonly Fault[]): Fault[] {
  try {
    return [...others, parseFault(text)];
  } catch (fault) {
    throw new InvalidArgumentError((fault as Error).message);
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 is wanted');
  return Number(text);
}

const options = new Command('explore')
  .description(
    'Has faults strike the calls of a small recovery in virtual time, and checks that nothing is lost.',
  )
  .helpCommand(false)
  .option(
    '--fault <fault>',
    'run one case with this fault, such as killed@PutItem#3 (repeatable)',
    oneMoreFault,
    [],
  )
  .addOption(new Option('--then <remedy>', 'what is done when it fails').choices(REMEDIES).default('second'))
  .addOption(
    new Option(
      '--meanwhile <event...>',
      'what happens before that, in this order: somebody writes to a table, a run is started that may delete nothing',
    )
      .choices(EVENTS)
      .default([], 'nothing'),
  )
  .addOption(
    new Option('--variant <variant>', 'how the recovery is set up; default all, of one case plain').choices(
      VARIANTS,
    ),
  )
  .addOption(
    new Option('--twin <mistake>', 'run one case with this mistake').choices(Object.keys(BROKEN_TWINS)),
  )
  .addOption(
    new Option(
      '--pairs <number>',
      'so many pairs of faults, each in the variant that its seed draws; default every single fault with every remedy',
    )
      .argParser(wholeNumber)
      .conflicts('variant'),
  )
  .option('--seed <number>', 'of the first pair, or of the one case', wholeNumber, 1)
  .parse()
  .opts<Options>();

const { fault: faults, meanwhile, then: remedy, variant, seed } = options;
const broken = options.twin === undefined ? undefined : BROKEN_TWINS[options.twin];
const isOneCase = faults.length > 0 || broken !== undefined;
const one = { variant: variant ?? broken?.variant ?? 'plain', faults, meanwhile, remedy, seed };
const many = async (): Promise<Search> =>
  options.pairs === undefined
    ? everySingleFault(variant ? [variant] : VARIANTS)
    : { cases: pairsOfFaults(options.pairs, seed), total: options.pairs };
const isWrong = isOneCase
  ? await replay(broken ? { ...one, twin: broken.twin } : one)
  : await search(await many(), meanwhile);
process.exitCode = isWrong ? 1 : 0;
