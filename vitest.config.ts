import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['src/vitest/clear-coverage.ts'],
    setupFiles: ['src/vitest/index.ts'],
    // Loading zod, the SDK and the language anew takes most files longer than their tests.
    isolate: false,
    maxWorkers: '100%',
    typecheck: { enabled: false },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 120_000,
  },
});
