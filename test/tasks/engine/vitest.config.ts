import { defineConfig } from 'vitest/config';
import everywhere from '../../../vitest.config.ts';

export default defineConfig({
  test: { ...everywhere.test, include: ['test/tasks/engine/*.engine.ts'] },
});
