import type { Fault } from './finding.ts';

/** Levels of lists and objects that a JSON reader of Java (Jackson, `StreamReadConstraints`) takes by default. */
export const DEEPEST = 1000;

/** Whether lists and objects stand more than so many levels deep in each other; never deeper than that is looked. */
export function isDeeper(value: unknown, levels = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1));
}

export const tooDeep = (place: string): Fault => ({
  code: 'too-deeply-nested',
  state: '',
  place,
  problem: `lists and objects stand more than ${DEEPEST} levels deep in each other`,
  remedy: 'move a part into a child machine, or a literal to where it is read from',
});
