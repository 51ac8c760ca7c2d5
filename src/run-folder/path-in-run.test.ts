import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { RUN_SCHEMA_VERSION } from '../shared/run-format';
import { checkpointSteps } from './checkpoints';
import { pinCheckpoint, readLabels, requestControl, writeLabels } from './control';
import { RunFolderError } from './errors';
import { pathInRun } from './path-in-run';
import { openRun } from './resume-run';
import { sampleSteps } from './sample-files';

async function runAndOutside() {
  const folder = await temporaryFolder();
  const [run, outside] = [join(folder, 'run'), join(folder, 'outside')];
  for (const path of [run, outside]) await mkdir(path);
  return { folder, run, outside };
}

describe('a path in a run folder', () => {
  it('is one inside it, there or not, through links that stay inside', async () => {
    const { run } = await runAndOutside();
    expect(await pathInRun(run, 'control', 'pins')).toBe(join(run, 'control', 'pins'));
    await mkdir(join(run, 'real'));
    await symlink(join(run, 'real'), join(run, 'samples'));
    expect(await pathInRun(run, 'samples', 'x.png')).toBe(join(run, 'samples', 'x.png'));
    await writeFile(join(run, 'metrics.jsonl'), '');
    expect(await pathInRun(run, 'metrics.jsonl', 'below')).toBe(join(run, 'metrics.jsonl', 'below'));
    await mkdir(join(run, '..strange'));
    expect(await pathInRun(run, '..strange')).toBe(join(run, '..strange'));
  });

  it('is none that a link or dots lead out of it, to something or to nothing', async () => {
    const { folder, run, outside } = await runAndOutside();
    await writeFile(join(outside, 'secret'), 'x');
    await symlink(join(outside, 'secret'), join(run, 'run.json'));
    await symlink(outside, join(run, 'samples'));
    await symlink(join(outside, 'absent'), join(run, 'log.txt'));
    for (const names of [['run.json'], ['samples', 'absent'], ['log.txt'], ['..', 'outside', 'secret']])
      await expect(pathInRun(run, ...names), names.join('/')).rejects.toThrow(RunFolderError);
    await expect(pathInRun(run, 'run.json')).rejects.toThrow(join(outside, 'secret'));
    // The run folder itself may be reached through a link.
    await symlink(outside, join(folder, 'other'));
    expect(await pathInRun(join(folder, 'other'), 'secret')).toBe(join(folder, 'other', 'secret'));
  });

  it('is asked for by all that is written into control, and nothing is made outside', async () => {
    const { run, outside } = await runAndOutside();
    await symlink(outside, join(run, 'control'));
    const labels = { schemaVersion: RUN_SCHEMA_VERSION, tags: [], note: '' };
    await expect(writeLabels(run, labels)).rejects.toThrow(RunFolderError);
    await expect(readLabels(run)).rejects.toThrow(RunFolderError);
    await expect(pinCheckpoint(run, 5)).rejects.toThrow(RunFolderError);
    await expect(requestControl(run, 'stop')).rejects.toThrow(RunFolderError);
    await rm(join(run, 'control'));
    await mkdir(join(run, 'control'));
    await symlink(join(outside, 'made'), join(run, 'control', 'labels.json'));
    await expect(writeLabels(run, labels)).rejects.toThrow(RunFolderError);
    expect(await readdir(outside)).toEqual([]);
  });

  it('is asked for before a run is listed or resumed', async () => {
    const { run, outside } = await runAndOutside();
    await symlink(outside, join(run, 'checkpoints'));
    await symlink(outside, join(run, 'samples'));
    await expect(checkpointSteps(run)).rejects.toThrow(RunFolderError);
    await expect(sampleSteps(run)).rejects.toThrow(RunFolderError);
    await expect(openRun(run)).rejects.toThrow(RunFolderError);
  });
});
