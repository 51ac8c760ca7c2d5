import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFlippedBit } from '../../test/support/flipped-bit';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { WorkbenchError } from '../shared/errors';
import { float32 } from '../shared/host-tensor';
import { RUN_FILES } from '../shared/run-format';
import { encodeSafetensors } from '../storage/safetensors';
import { StorageError } from '../storage/storage-error';
import {
  type Checkpoint,
  checkpointPath,
  checkpointSteps,
  readCheckpoint,
  removeOldCheckpoints,
  writeCheckpoint,
} from './checkpoints';
import { pinCheckpoint, pinnedSteps, unpinCheckpoint } from './control';
import { CheckpointError } from './errors';

function checkpointOf(step: number): Checkpoint {
  return {
    leaves: { 'generator/kernel': float32([2], Float32Array.of(step, -step)) },
    state: {
      schemaVersion: 1,
      step,
      images: 64 * step,
      random: { latents: { words: [1, 2, 3, 4294967295] } },
      data: { epoch: 1, offset: 17 },
    },
  };
}

async function folderWith(steps: readonly number[]): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, RUN_FILES.checkpoints));
  for (const step of steps) await writeCheckpoint(folder, checkpointOf(step));
  return folder;
}

describe('checkpoint files', () => {
  it('give back leaves and state', async () => {
    const folder = await folderWith([500]);
    expect(await readCheckpoint(join(folder, 'checkpoints/step-00000500.safetensors'))).toEqual(
      checkpointOf(500),
    );
  });

  it('have the same bytes for the same state', async () => {
    const [one, other] = [await folderWith([5]), await folderWith([5])];
    expect(await readFile(checkpointPath(one, 5))).toEqual(await readFile(checkpointPath(other, 5)));
  });

  it('are listed by their steps, other files left out', async () => {
    const folder = await folderWith([100, 20, 3]);
    await writeFile(join(folder, RUN_FILES.checkpoints, 'notes.txt'), '');
    await writeFile(join(folder, RUN_FILES.checkpoints, 'step-00000007.txt'), '');
    expect(await checkpointSteps(folder)).toEqual([3, 20, 100]);
  });

  it('are refused when they are of another program, of a newer version or renamed', async () => {
    const folder = await folderWith([5]);
    const path = join(folder, 'foreign.safetensors');
    const write = (metadata: Record<string, string>): Promise<void> =>
      writeFile(path, Buffer.concat(encodeSafetensors({}, metadata)));
    await write({});
    await expect(readCheckpoint(path)).rejects.toThrow('it is not a checkpoint of a run');
    await write({ 'gan-workbench': '{' });
    await expect(readCheckpoint(path)).rejects.toThrow(CheckpointError);
    await write({ 'gan-workbench': JSON.stringify({ ...checkpointOf(5).state, schemaVersion: 99 }) });
    await expect(readCheckpoint(path)).rejects.toThrow('schemaVersion');
    await copyFile(checkpointPath(folder, 5), checkpointPath(folder, 6));
    await expect(readCheckpoint(checkpointPath(folder, 6))).rejects.toThrow('contains step 5');
    await expect(readCheckpoint(checkpointPath(folder, 7))).rejects.toThrow(StorageError);
  });
});

describe('a damaged checkpoint', () => {
  it('is refused wherever a bit of it flipped: length, names, offsets, random state, tensors', async () => {
    const folder = await folderWith([5]);
    const path = checkpointPath(folder, 5);
    const good = await readFile(path);
    for (let byte = 0; byte < good.length; byte++) {
      await writeFile(path, withFlippedBit(good, 8 * byte + (byte % 8)));
      await expect(readCheckpoint(path), `byte ${byte}`).rejects.toThrow(WorkbenchError);
    }
  });
});

describe('removeOldCheckpoints', () => {
  it('keeps the newest and every pinned one', async () => {
    const folder = await folderWith([10, 20, 30, 40, 50]);
    await pinCheckpoint(folder, 20);
    expect(await removeOldCheckpoints(folder, 2)).toEqual([30, 10]);
    expect(await checkpointSteps(folder)).toEqual([20, 40, 50]);
  });

  it('does not count pinned ones among the newest only if they are older', async () => {
    const folder = await folderWith([10, 20, 30]);
    await pinCheckpoint(folder, 30);
    await removeOldCheckpoints(folder, 1);
    expect(await checkpointSteps(folder)).toEqual([30]);
  });

  it('never deletes the last good one', async () => {
    const folder = await folderWith([10, 20]);
    await writeFile(checkpointPath(folder, 20), '');
    await removeOldCheckpoints(folder, 1);
    expect(await checkpointSteps(folder)).toEqual([10, 20]);
    await removeOldCheckpoints(folder, 0);
    expect(await checkpointSteps(folder)).toEqual([10, 20]);
  });

  it('lets go of what is no longer pinned', async () => {
    const folder = await folderWith([10, 20]);
    await pinCheckpoint(folder, 10);
    expect(await pinnedSteps(folder)).toEqual(new Set([10]));
    await unpinCheckpoint(folder, 10);
    await removeOldCheckpoints(folder, 1);
    expect(await checkpointSteps(folder)).toEqual([20]);
  });
});
