import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { points } from '../../../test/support/tiny-experiments';
import { loadSweep } from '../../sweep/load-sweep';
import { planOf } from '../../sweep/plan';
import { SweepFolder } from '../../sweep/sweep-folder';
import type { Output } from '../output';
import { trainSweep } from './work';

const silent: Output = {
  json: false,
  say: () => undefined,
  emit: () => undefined,
  emitExperiment: () => undefined,
  warn: () => undefined,
};

/** Makes the processes of sweeps run another script. */
function runInstead(script: string): void {
  const { argv } = process;
  process.argv = [process.execPath, script];
  onTestFinished(() => {
    process.argv = argv;
  });
}

it('fails where the processes of a sweep die again and again', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'toy.gan-sweep.json');
  const script = join(folder, 'dies.cjs');
  await writeFile(join(folder, 'toy.gan.json'), JSON.stringify({ ...points, evaluation: { every: 2 } }));
  const parameters = { 'optimiser.beta1': [0, 0.5] };
  await writeFile(
    file,
    JSON.stringify({ experiment: 'toy.gan.json', parameters, objective: 'kid', parallel: 2 }),
  );
  await writeFile(script, 'process.exit(1);');
  runInstead(script);
  const sweep = await SweepFolder.create(join(folder, 'gan-runs'), planOf(file, await loadSweep(file)));
  await expect(trainSweep(silent, sweep)).rejects.toMatchObject({
    message: 'A process that trains trials has died 4 times.',
    remedy: expect.stringContaining(`gan sweep resume ${sweep.path}`),
  });
});
