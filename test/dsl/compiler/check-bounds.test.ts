import { expect, it } from 'vitest';
import * as z from 'zod';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';

it('refuses a wait that is longer than its workflow, and says what to change', () => {
  const sleepy = workflow('Sleepy', { input: z.object({}), output: z.object({}), timeout: '1 hour' })
    .waitFor('pause', '2 hours')
    .returns(() => ({}));
  expect(() => compile(sleepy)).toThrow(
    "Sleepy › pause: may take 2 hours, not less than the workflow's 1 hour; " +
      "shorten the wait, or raise the workflow's timeout",
  );
});
