import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/unit/**/*.test.ts'],
    // Two cores: each test file is its own process-isolated worker, and native sessions use both cores anyway.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
