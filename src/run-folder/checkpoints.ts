/** Checkpoints of a run: safetensors files with the training state as JSON in their metadata. */
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { HostTensors } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import {
  type CheckpointState,
  RUN_FILES,
  RUN_SCHEMA_VERSION,
  stepFileName,
  stepOfFileName,
} from '../shared/run-format';
import { readFolder, writeFileDurably } from '../storage/durable-file';
import { decodeSafetensors, encodeSafetensors } from '../storage/safetensors';
import { storageError } from '../storage/storage-error';
import { pinnedSteps } from './control';
import { CheckpointError } from './errors';
import { pathInRun } from './path-in-run';

export interface Checkpoint {
  readonly leaves: HostTensors;
  readonly state: CheckpointState;
}

const STATE_KEY = 'gan-workbench';

const word = z.int().min(0).max(0xffffffff);
const count = z.int().min(0);

const position = z.object({ epoch: count, offset: count });

const stateSchema: z.ZodType<CheckpointState> = z.object({
  schemaVersion: z.int().min(1).max(RUN_SCHEMA_VERSION),
  step: count,
  images: count,
  random: z.record(z.string(), z.object({ words: z.tuple([word, word, word, word]) })),
  data: position,
  unpairedInputs: position.exactOptional(),
  interventions: z
    .object({ applied: count, updates: z.object({ generator: count, discriminator: count }) })
    .exactOptional(),
});

export function checkpointPath(runFolder: string, step: number): string {
  return join(runFolder, RUN_FILES.checkpoints, stepFileName(step, 'safetensors'));
}

/** Steps of the existing checkpoints, ascending. Throws `RunFolderError`, `StorageError`. */
export async function checkpointSteps(runFolder: string): Promise<number[]> {
  const names = await readFolder(await pathInRun(runFolder, RUN_FILES.checkpoints));
  return names
    .filter((name) => name.endsWith('.safetensors'))
    .flatMap((name) => stepOfFileName(name) ?? [])
    .sort((a, b) => a - b);
}

/** Durable once it returns. The same state gives the same bytes. Throws `StorageError`. */
export async function writeCheckpoint(runFolder: string, checkpoint: Checkpoint): Promise<string> {
  const path = checkpointPath(runFolder, checkpoint.state.step);
  const chunks = encodeSafetensors(checkpoint.leaves, { [STATE_KEY]: JSON.stringify(checkpoint.state) });
  await writeFileDurably(path, ...chunks);
  return path;
}

/**
 * Throws `SafetensorsError` if the file is damaged, `CheckpointError` if it is not a checkpoint or of a newer version,
 * and `StorageError` if it cannot be read.
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw storageError(localizable('read {0}', path), error);
  }
  const { tensors, metadata, hasChecksum } = decodeSafetensors(bytes, path);
  const state = parseState(path, metadata[STATE_KEY]);
  if (!hasChecksum) {
    throw new CheckpointError(
      localizable('{0} has no checksum, unlike every checkpoint of GAN Workbench.', path),
      localizable('The file is damaged or was written by another program. Use another checkpoint.'),
    );
  }
  const named = stepOfFileName(basename(path));
  if (named !== undefined && named !== state.step) {
    throw new CheckpointError(
      localizable('{0} contains step {1}, which does not match its name.', path, state.step),
      localizable('Rename the file to match the step.'),
    );
  }
  return { leaves: tensors, state };
}

function parseState(path: string, text: string | undefined): CheckpointState {
  if (text === undefined) {
    throw new CheckpointError(
      localizable('{0} has no "{1}" in its metadata, so it is not a checkpoint of a run.', path, STATE_KEY),
      localizable('Choose a file in the checkpoints folder of a run.'),
    );
  }
  const problem = (reason: string): CheckpointError =>
    new CheckpointError(
      localizable('The training state in the metadata of {0} is invalid: {1}', path, reason),
      localizable('Use another checkpoint, or the version of GAN Workbench that wrote this one.'),
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw problem(String(error));
  }
  const parsed = stateSchema.safeParse(value);
  if (!parsed.success) throw problem(z.prettifyError(parsed.error).replaceAll('\n', ' '));
  return parsed.data;
}

/** The checkpoint of a step, refusing links that lead out of the run. Also throws `RunFolderError`. */
export async function readCheckpointOf(runFolder: string, step: number): Promise<Checkpoint> {
  return await readCheckpoint(
    await pathInRun(runFolder, RUN_FILES.checkpoints, stepFileName(step, 'safetensors')),
  );
}

/**
 * Deletes all checkpoints except the newest `keep`, the pinned ones and the `best`. An empty file does not count as one
 * of the newest, so the last good one is never deleted. Returns the deleted steps.
 */
export async function removeOldCheckpoints(
  runFolder: string,
  keep: number,
  best: ReadonlySet<number> = new Set(),
): Promise<number[]> {
  const pinned = await pinnedSteps(runFolder);
  const removed: number[] = [];
  let kept = 0;
  for (const step of (await checkpointSteps(runFolder)).reverse()) {
    const path = checkpointPath(runFolder, step);
    if (kept < Math.max(1, keep)) {
      if ((await stat(path)).size > 0) kept++;
    } else if (!pinned.has(step) && !best.has(step)) {
      await rm(path, { force: true });
      removed.push(step);
    }
  }
  return removed;
}
