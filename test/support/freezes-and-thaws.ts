import type { RecoveryWorld } from './recovery-world.ts';

/** How each call of the tasks that freeze and thaw ends from now on: `Freeze`, or its error's name. */
export function freezesAndThaws(world: RecoveryWorld): string[] {
  const calls: string[] = [];
  world.onTask = (task, passed) => {
    if (!['Freeze', 'Thaw'].includes(task)) return;
    if ('error' in passed) calls.push(passed.error.name);
    if ('result' in passed) calls.push(task);
  };
  return calls;
}
