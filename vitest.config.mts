import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const UNIT_TESTS = ['{src,webview}/**/*.test.ts', 'test/unit/**/*.test.ts'];
/** How a file is called that takes more than three seconds by itself. */
const SLOW_TESTS = '**/*.slow.test.ts';

/** Files that replace modules, globals or variables of the environment, which would last for the files after them. */
const REPLACING = ['src', 'webview', 'test/unit'].flatMap((folder) =>
  readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) =>
      /\bvi\.(?:mock|resetModules|stubGlobal|stubEnv)\(/.test(
        readFileSync(join(import.meta.dirname, file), 'utf8'),
      ),
    ),
);

const exclude = configDefaults.exclude;

export default defineConfig({
  // tfjs registers gradients in a module of its own; both it and the core must be the ES modules, or there are two.
  resolve: { mainFields: ['module', 'main'] },
  ssr: { resolve: { mainFields: ['module', 'main'] } },
  test: {
    // Native sessions use both cores of a small machine anyway.
    maxWorkers: 2,
    // They end what hangs; speed is for benchmarks, and a machine may be busy with something else.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // A person's own modules are loaded by Node.js itself, as they are outside of tests.
    server: { deps: { inline: [/@tensorflow\/tfjs/], external: [/\/user-networks-[^/]+\/.*\.mjs/] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: UNIT_TESTS,
          exclude: [...exclude, SLOW_TESTS, ...REPLACING],
          // Importing the core takes most files longer than their tests do.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'isolated', include: REPLACING, exclude: [...exclude, SLOW_TESTS] },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: [SLOW_TESTS],
          exclude: [...exclude, ...REPLACING],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'slow-isolated',
          include: REPLACING.filter((file) => file.endsWith('.slow.test.ts')),
          exclude,
        },
      },
    ],
  },
});
