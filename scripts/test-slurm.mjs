// `npm run test:slurm`: sweeps on a Slurm cluster of three nodes that the test starts on this machine, as root. Slurm is
// installed from Debian's packages where it is missing. With --if-possible, the reason is printed instead where it cannot
// be tested.
import { spawnSync } from 'node:child_process';
import { ensureBuilt, root, run } from './ensure-installed.mjs';

const PROGRAMS = ['slurmctld', 'slurmd', 'sbatch', 'munged'];
const PACKAGES = ['slurmctld', 'slurmd', 'slurm-client', 'munge'];

function isInstalled(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Returns why the tests cannot run. */
function obstacle() {
  if (process.getuid?.() !== 0) return 'a cluster can only be started as root';
  if (PROGRAMS.every(isInstalled)) return undefined;
  if (!isInstalled('apt-get')) return `these programs are missing: ${PROGRAMS.join(', ')}`;
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  const { status } = spawnSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES],
    options,
  );
  return status === 0 ? undefined : 'Slurm could not be installed by apt-get';
}

const isOptional = process.argv.includes('--if-possible');
const reason = obstacle();
if (reason === undefined) {
  ensureBuilt();
  if (isOptional) process.env.GAN_WORKBENCH_SLURM = 'if-possible';
  run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.slurm.config.mts'], {
    cwd: root,
    shell: false,
  });
} else if (isOptional) console.log(`Slurm is not tested: ${reason}.`);
else {
  console.error(`Slurm cannot be tested: ${reason}.`);
  process.exit(1);
}
