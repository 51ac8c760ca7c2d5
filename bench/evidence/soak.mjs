// Interrupts training in a real VS Code 50 times by command and 50 times by reloading the window, and checks that the
// extension host survives each one: `node bench/evidence/soak.mjs [rounds]` after `npm run test:ui` has run once.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rounds = process.argv[2] ?? '50';
const begin = performance.now();
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    ...['run', '--config', 'vitest.ui.config.mts', '--project', 'ui', 'test/vscode/ui/interruptions.test.ts'],
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, GAN_WORKBENCH_SOAK_ROUNDS: rounds } },
);
console.log(`${rounds} rounds of each kind took ${((performance.now() - begin) / 1000).toFixed(0)} s`);
process.exitCode = status ?? 1;
