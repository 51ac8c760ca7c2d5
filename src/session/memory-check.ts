/**
 * Refuses to train what clearly does not fit into memory, before any of it is allocated: the operating system would end
 * the process without a message, and often others too.
 */
import { freemem, totalmem } from 'node:os';
import type { Engine, Program } from '../engine/engine';
import { WorkbenchError } from '../shared/errors';
import { sizeOf, type TensorSpec } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { TrainingTask } from '../training/task';

/** Training needs clearly more memory than is available. */
export class MemoryError extends WorkbenchError {}

export interface SizedTask extends Pick<TrainingTask, 'latents'> {
  readonly leaves: Readonly<Record<string, TensorSpec>>;
  trainingPrograms(): readonly Program[];
}

/** The state, the one that a step writes, and the copy that a checkpoint is written from. */
const COPIES = 3;
const FLOAT_BYTES = 4;
const GIGABYTE = 1e9;

/**
 * Throws `MemoryError`, which names the setting that takes most.
 *
 * @param engine the one that will run the task; where the memory of its card is known, that counts
 * @param mainBytes of main memory, which also counts for a card whose memory is not known
 * @returns bytes of intermediate values that each program of a step holds at most
 */
export function checkMemory(
  task: SizedTask,
  engine: Pick<Engine, 'peakBytes' | 'freeBytes'>,
  mainBytes = availableMemory(),
): readonly number[] {
  const cardBytes = engine.freeBytes?.();
  const availableBytes = cardBytes ?? mainBytes;
  const tooLarge = (neededBytes: number, setting: string): MemoryError =>
    memoryError(neededBytes, availableBytes, setting, cardBytes !== undefined);
  const stateBytes = stateBytesOf(task);
  // Without tracing, which takes up to a second.
  if (stateBytes > availableBytes) throw tooLarge(stateBytes, settingOf(task));
  const peaks = task.trainingPrograms().map((program) => engine.peakBytes(program, task.leaves));
  // The runtime keeps for each program what that has once taken.
  const neededBytes = peaks.reduce((sum, peak) => sum + peak, stateBytes);
  if (neededBytes > availableBytes)
    throw tooLarge(neededBytes, Math.max(...peaks) > stateBytes ? 'data.batchSize' : settingOf(task));
  return peaks;
}

function stateBytesOf({ leaves }: SizedTask): number {
  return COPIES * Object.values(leaves).reduce((sum, leaf) => sum + bytesOf(leaf), 0);
}

/** Bytes that training needs beside the data, as `checkMemory` compares them. */
export function neededMemory(task: SizedTask, engine: Pick<Engine, 'peakBytes'>): number {
  return task
    .trainingPrograms()
    .reduce((sum, program) => sum + engine.peakBytes(program, task.leaves), stateBytesOf(task));
}

/**
 * On Linux, what new programs can have without swapping (MemAvailable), which includes caches. Other systems report
 * less than that, or move what other programs hold out of the way.
 */
export function availableMemory(): number {
  const free = process.platform === 'linux' ? freemem() : totalmem();
  const limit = process.constrainedMemory();
  return limit === 0 ? free : Math.min(free, limit - process.memoryUsage.rss());
}

function bytesOf({ shape }: TensorSpec): number {
  return FLOAT_BYTES * sizeOf(shape);
}

/** A latent of at most this size is an ordinary one: the network that it enters is what is too large. */
const ORDINARY_LATENT = 512;

/** The key of the experiment to change first: of the factors of the largest leaf, the one out of the ordinary. */
function settingOf({ leaves, latents }: SizedTask): string {
  const [largest] = Object.entries(leaves).sort(([, a], [, b]) => bytesOf(b) - bytesOf(a));
  if (largest === undefined) return 'data.batchSize';
  const [name, { shape }] = largest;
  const [rows = 0, units = 0] = shape;
  if (name.includes('discriminator')) return 'discriminator';
  // A label may be joined to the latent.
  const isFedByLatent =
    latents !== undefined && shape.length === 2 && rows >= latents.size && rows < 2 * latents.size;
  if (isFedByLatent && latents.size > Math.min(units - 1, ORDINARY_LATENT)) return 'latent.size';
  return 'generator';
}

function memoryError(
  neededBytes: number,
  availableBytes: number,
  setting: string,
  isOnCard: boolean,
): MemoryError {
  const [needed, available] = [neededBytes, availableBytes].map((bytes) => (bytes / GIGABYTE).toFixed(1));
  const values = [needed ?? '', available ?? '', setting] as const;
  return new MemoryError(
    isOnCard
      ? localizable(
          'Training needs about {0} GB of memory on the graphics card, but only {1} GB are free there. The setting "{2}" takes the most.',
          ...values,
        )
      : localizable(
          'Training needs about {0} GB of memory, but only {1} GB are available. The setting "{2}" takes the most.',
          ...values,
        ),
    localizable('Decrease "{0}", or free up memory.', setting),
  );
}
