/** `gan train --slurm` with a stand-in for `sbatch`: what is submitted, and what its task does each time that it begins. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { type GanRun, requireGan, runGan } from '../../../test/support/gan-command';
import { StandInSlurm } from '../../../test/support/stand-in-slurm';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { points } from '../../../test/support/tiny-experiments';
import { JobFolder } from '../../slurm/job-folder';

beforeAll(requireGan);

async function prepared(): Promise<Required<Pick<GanRun, 'folder' | 'environment'>>> {
  const folder = await temporaryFolder();
  const slurm = new StandInSlurm(await temporaryFolder());
  const logging = { checkpointEvery: 2, sampleEvery: 20, sampleCount: 4 };
  writeFileSync(
    join(folder, 'toy.gan.json'),
    JSON.stringify({ ...points, length: { steps: 20 }, logging, engine: { name: 'onnx' } }),
  );
  return {
    folder,
    environment: { ...process.env, PATH: slurm.path },
  };
}

it('submits a copy of the experiment, whose task goes on with the run that an earlier one has begun', async () => {
  const { folder, environment } = await prepared();
  const submitted = await runGan(
    ['train', 'toy.gan.json', '--slurm', '--slurm-set', 'cpus=1', '--set', 'seed=7', '--json'],
    { folder, environment },
  );
  const path = join(folder, 'gan-runs', 'slurm', '00001-toy');
  const script = join(path, 'job.sh');
  expect(submitted.stdout).toBe(`${JSON.stringify({ type: 'slurmJob', job: 42, tasks: 1, script })}\n`);
  expect(readFileSync(script, 'utf8')).toContain('#SBATCH --cpus-per-task=1\n');
  const job = await JobFolder.open(path);
  expect([await job.submitted(), await job.run()]).toEqual([{ jobs: [42], areCancelled: false }, undefined]);
  expect(job.plan.overrides).toEqual(['seed=7', 'engine.threads=1']);

  writeFileSync(join(folder, 'toy.gan.json'), 'changed');
  let isKilled = false;
  const killed = await runGan(['train', 'work', path, '--json'], {
    folder,
    onLine(line, kill) {
      if (isKilled || !line.includes('"type":"checkpoint"')) return;
      isKilled = true;
      kill('SIGTERM');
    },
  });
  expect(killed.status).toBe(130);
  const run = join(folder, 'gan-runs', '00001-toy');
  expect(await job.run()).toBe(run);
  for (const again of [1, 2]) {
    const ended = await runGan(['train', 'work', path, '--json'], { folder });
    expect([again, ended.status, ended.stderr]).toEqual([again, 0, '']);
    expect(JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'))).toMatchObject({
      status: 'completed',
      step: 20,
      batchJob: '00001-toy',
    });
  }
  expect(await job.run()).toBe(run);
});

it('says what it cannot do', async () => {
  const { folder, environment } = await prepared();
  const told = async (args: readonly string[], env = environment) => {
    const { status, stderr } = await runGan(['train', ...args], { folder, environment: env });
    return `${status} ${stderr}`;
  };
  expect(await told(['toy.gan.json', '--slurm'], { ...process.env, PATH: '' })).toContain(
    '1 Slurm is not installed here: there is no command sbatch.',
  );
  expect(await told(['toy.gan.json', '--slurm', '--slurm-set', 'time=soon'])).toMatch(
    /^1 time=soon is not a resource of a job\.\n.*partition, time=2:00:00/,
  );
  expect(await told(['toy.gan.json', '--slurm-set', 'cpus=1'])).toContain('2 --slurm-set needs --slurm.');
  expect(await told([])).toContain('2 There is no experiment to train.');
});
