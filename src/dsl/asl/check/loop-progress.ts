import type { Comparison } from './comparison.ts';
import { isObject } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';
import { transitionsOf } from './transitions.ts';

/**
 * What one Assign makes of a variable: the same constant or itself each time, a number of steps, something out of
 * itself, or something else.
 */
type Change = 'constant' | 'same' | 'itself' | 'other' | { readonly by: number };

/** How the ways within a loop change the variables that they set. */
export function changesIn(loop: readonly StateNode[]): ReadonlyMap<string, readonly Change[]> {
  const within = new Set(loop.map(({ name }) => name));
  const changes = new Map<string, readonly Change[]>();
  for (const state of loop)
    for (const { to, assign } of transitionsOf(state)) {
      if (!within.has(to) || !isObject(assign)) continue;
      for (const [key, value] of Object.entries(assign)) {
        const name = key.replace(/\.\$$/, '');
        changes.set(name, [...(changes.get(name) ?? []), changeOf(name, value, state)]);
      }
    }
  return changes;
}

function changeOf(name: string, value: unknown, { language, reads, place }: StateNode): Change {
  const read = reads.filter((one) => one.place.startsWith(place) && belongsTo(one.place, name));
  const text = typeof value === 'string' ? value : '';
  const source = (language === 'JSONata' ? text.replace(/^\{%|%\}$/g, '') : text).trim();
  if (source === `$${name}`) return 'same';
  const by = stepOf(name, source);
  if (by !== undefined) return { by };
  if (read.some(({ variables }) => variables.has(name))) return 'itself';
  const constant = read.every(
    ({ reading, variables, takes }) =>
      takes === 'jsonata' &&
      variables.size === 0 &&
      reading?.states.size === 0 &&
      reading.functions.size === 0,
  );
  return constant ? 'constant' : 'other';
}

const belongsTo = (place: string, name: string): boolean =>
  [`/Assign/${name}`, `/Assign/${name}.$`].some(
    (part) => place.endsWith(part) || place.includes(`${part}/`) || place.includes(`${part}[`),
  );

/** `$n + 1`, `1 + $n`, `$n - 1`, `States.MathAdd($n, 1)`. */
function stepOf(name: string, source: string): number | undefined {
  const [before, after] = source.split(`$${name}`);
  if (before === undefined || after === undefined) return undefined;
  const number = '(\\d+(?:\\.\\d+)?)';
  const added =
    (before.trim() === '' && new RegExp(`^\\s*\\+\\s*${number}$`).exec(after)?.[1]) ||
    (after.trim() === '' && new RegExp(`^${number}\\s*\\+\\s*$`).exec(before)?.[1]) ||
    (/^States\.MathAdd\(\s*$/.test(before) && new RegExp(`^\\s*,\\s*(-?\\d+)\\s*\\)$`).exec(after)?.[1]);
  if (typeof added === 'string') return Number(added);
  const taken = before.trim() === '' && new RegExp(`^\\s*-\\s*${number}$`).exec(after)?.[1];
  return typeof taken === 'string' ? -Number(taken) : undefined;
}

/** Whether a variable becomes another one from round to round. */
export const moves = (changes: readonly Change[] = []): boolean =>
  changes.some((change) =>
    typeof change === 'object' ? change.by !== 0 : change !== 'constant' && change !== 'same',
  );

/** Whether a variable is made of itself: a count, a list that dwindles. */
export const isMadeOfItself = (changes: readonly Change[] = []): boolean =>
  changes.some((change) => (typeof change === 'object' ? change.by !== 0 : change === 'itself'));

/** The step by which a variable goes on, when it does so by steps in one direction only. */
function directionOf(changes: readonly Change[] = []): number | undefined {
  const moving = changes.filter((change) => moves([change]));
  const steps = moving.map((change) => (typeof change === 'object' ? change.by : 0));
  const [first] = steps;
  return first !== undefined && steps.every((one) => Math.sign(one) === Math.sign(first) && one !== 0)
    ? steps.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), first)
    : undefined;
}

/**
 * Whether a comparison must come out otherwise after some rounds, as far as can be told.
 * @param leaves Whether the way out is taken when it holds; undefined when that is not known.
 */
export function mustTurn(
  { operator, left, right }: Comparison,
  changes: ReadonlyMap<string, readonly Change[]>,
  leaves: boolean | undefined,
): boolean {
  const variables = [...left.variables, ...right.variables];
  // A deadline stands still: one that is set anew each round never comes.
  if (left.time || right.time)
    return variables.every((name) => !moves(changes.get(name)) || isMadeOfItself(changes.get(name)));
  if (left.input || right.input) return true;
  const moving = variables.filter((name) => moves(changes.get(name)));
  const [name] = moving;
  if (name === undefined) return false;
  const plain = moving.length === 1 && (left.plain === name || right.plain === name);
  const by = plain ? directionOf(changes.get(name)) : undefined;
  if (operator === '=' || operator === '!=')
    // By more than one it may jump over the value; what is not made of itself may stay as it is.
    return by === undefined ? isMadeOfItself(changes.get(name)) : Math.abs(by) === 1;
  if (by === undefined || leaves === undefined) return true;
  const wantsMore = (left.plain === name) === operator.startsWith('>');
  return by > 0 === (wantsMore === leaves);
}
