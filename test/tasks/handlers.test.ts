import { describe, expect, it } from 'vitest';
import { handlers } from '../../src/tasks/handlers.ts';
import * as tasks from '../../src/tasks/index.ts';

describe('the tasks', () => {
  it('have one handler each, under the name that the state machine calls', () => {
    const names = Object.values(tasks).map(({ taskName }) => taskName);
    expect(Object.keys(handlers).toSorted()).toEqual(names.toSorted());
  });
});
