import { defineConfig } from 'vitest/config';

export default defineConfig({
  // tfjs registers gradients in a module of its own; both it and the core must be the ES modules, or there are two.
  resolve: { mainFields: ['module', 'main'] },
  ssr: { resolve: { mainFields: ['module', 'main'] } },
  test: {
    include: ['{src,webview}/**/*.test.ts', 'test/unit/**/*.test.ts'],
    // Native sessions use both cores of a small machine anyway.
    maxWorkers: 2,
    // They end what hangs; speed is for benchmarks, and a machine may be busy with something else.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // A person's own modules are loaded by Node.js itself, as they are outside of tests.
    server: { deps: { inline: [/@tensorflow\/tfjs/], external: [/\/user-networks-[^/]+\/.*\.mjs/] } },
  },
});
