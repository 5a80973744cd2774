import { freeze } from '../tasks/freeze/task.ts';
import { thaw } from '../tasks/thaw/task.ts';
import type { Progress } from './progress.ts';
import type { Passed } from './recovery-run.ts';

const COUNTED = {
  functions: 'function',
  eventSourceMappings: 'event-source mapping',
  pipes: 'pipe',
  rules: 'rule',
  schedules: 'schedule',
  writeFences: 'write fence',
} as const;

/** What a freeze and a thaw have done; undefined of a sweep that had nothing to do, and of any other task. */
export function taskProgress(task: string, passed: Passed): Omit<Progress, 'at'> | undefined {
  if (!('result' in passed)) return undefined;
  if (task === freeze.taskName) {
    const done = freeze.definition.output.parse(passed.result);
    return done.changed === 0 ? undefined : { phase: 'freeze', text: `at rest: ${counted(done)}` };
  }
  if (task === thaw.taskName)
    return { phase: 'thaw', text: `put back: ${counted(thaw.definition.output.parse(passed.result))}` };
  return undefined;
}

/** `40 functions, 1 pipe`: what there is any of. */
function counted(counts: Readonly<Record<keyof typeof COUNTED, number>>): string {
  return Object.entries(COUNTED)
    .map(([name, one]) => ({ one, count: counts[name as keyof typeof COUNTED] }))
    .filter(({ count }) => count > 0)
    .map(({ one, count }) => `${count} ${one}${count === 1 ? '' : 's'}`)
    .join(', ');
}
