import { defineConfig } from 'vitest/config';

/** What a person sees and does, in a real workbench in a real browser. One at a time: each starts a VS Code. */
export default defineConfig({
  test: {
    include: ['test/vscode/ui/**/*.test.ts'],
    globalSetup: 'test/vscode/ui/installed-extension.ts',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
