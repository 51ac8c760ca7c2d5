// `npm run smoke`: packages the extension for this machine, unpacks the package outside the clone, and runs its own
// command to check the machine and train 20 steps, which proves that the package is self-contained.
// `npm run smoke -- FILE.vsix` uses an existing package.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root, run } from './ensure-installed.mjs';
import { loadSource } from './load-source.mjs';
import { currentTarget, vsixPath } from './targets.mjs';
import { unpackVsix } from './unpack-vsix.mjs';

const STEPS = 20;

function packaged() {
  const target = currentTarget();
  run(process.execPath, ['scripts/package.mjs', target], { shell: false });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(root, vsixPath(target, version));
}

/** Runs the packed `gan … --json` and returns the objects that it printed. */
function gan(extension, folder, ...args) {
  const { error, status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(extension, 'dist', 'gan.cjs'), ...args, '--json'],
    {
      // Outside the clone, so that none of its files are found and none are left behind.
      cwd: folder,
      env: { ...process.env, NODE_PATH: '', GAN_WORKBENCH_CACHE: join(folder, 'cache') },
      encoding: 'utf8',
    },
  );
  if (error) throw error;
  assert.equal(status, 0, `gan ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const vsix = process.argv[2] === undefined ? packaged() : resolve(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'gan-smoke-'));
try {
  const extension = unpackVsix(vsix, folder);
  const checks = gan(extension, folder, 'doctor');
  for (const { type, name, ok } of checks)
    console.log(`${ok ? '✓' : '✗'} ${[type, name].filter(Boolean).join(' ')}`);
  const { engines } = await loadSource(`export { engines } from './src/engine/registry';`);
  // The universal package lacks native runtimes, and an engine for a device needs more than the package, but the
  // last resort has to work in every package.
  const lacking = engines.filter(
    ({ runtimePackage, isLastResort, isExplicitOnly, device }) =>
      isExplicitOnly ||
      device !== undefined ||
      (!isLastResort && !existsSync(join(extension, 'dist', 'node_modules', runtimePackage))),
  );
  const broken = checks.filter(({ ok, name }) => !ok && !lacking.some((engine) => engine.name === name));
  assert.deepEqual(broken, [], 'the doctor finds something that does not work');

  const example = join(extension, 'examples', 'toy-ring.gan.json');
  const runs = join(folder, 'runs');
  const end = gan(extension, folder, 'train', example, '--steps', String(STEPS), '--out', runs).at(-1);
  assert.equal(end.type, 'end');
  assert.deepEqual([end.status, end.step], ['completed', STEPS]);
  for (const file of [end.checkpoint, end.sample, end.lossPlot])
    assert.ok(existsSync(file), `${file} was not written`);
  console.log(`✓ trained ${STEPS} steps of toy-ring`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
