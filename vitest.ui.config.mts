import { defineConfig } from 'vitest/config';

/** What a person sees and does, in a real workbench in a real browser. Each file starts a VS Code and waits for much. */
export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'ui', include: ['test/vscode/ui/**/*.test.ts'] } },
      // Every lesson of the course, which takes half an hour and more.
      { extends: true, test: { name: 'course', include: ['test/vscode/course/**/*.test.ts'] } },
    ],
    globalSetup: 'test/vscode/ui/installed-extension.ts',
    maxWorkers: 2,
    // The files of a process share a server and a browser.
    isolate: false,
    // Whatever a page shows, it shows late on a busy machine.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
