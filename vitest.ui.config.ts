import { defineConfig } from 'vitest/config';

/** What a person sees and does, in a real workbench in a real browser. Each file starts a VS Code and waits for much. */
export default defineConfig({
  test: {
    include: ['test/vscode/ui/**/*.test.ts'],
    globalSetup: 'test/vscode/ui/installed-extension.ts',
    // They wait for one another's processes half of the time, so there are more than cores of a small machine.
    maxWorkers: 3,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
