import { defineConfig } from 'vitest/config';

/** Sweeps on a Slurm cluster that the test starts on this machine. */
export default defineConfig({
  test: { include: ['test/slurm/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 120_000 },
});
