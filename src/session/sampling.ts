/**
 * Samples of a stored run for files: the latents are drawn or read, and the examples generated, a batch at a time, so
 * that any number of them takes the same memory.
 */
import { existsSync } from 'node:fs';
import { type NumpyArray, openNumpy } from '../data/images/npy';
import { SAMPLE_BATCH } from '../gan/programs';
import { oneHot } from '../gan/step/class-labels';
import { Random } from '../random/random';
import { WorkbenchError } from '../shared/errors';
import { float32, type HostTensor } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { Latents, SampleSource } from '../training/task';
import type { OpenedGenerator } from './stored-run';

/** What is asked of the samples does not fit the run. */
export class SamplingError extends WorkbenchError {}

export interface SampleRequest {
  /** Defaults to all latents of the file. */
  readonly count?: number;
  readonly seed: number;
  /** A `.npy` file of latents `[count, size]`. */
  readonly latentFile?: string;
  /** The class of all samples; by default each in turn. */
  readonly label?: number;
  /** ψ of the truncation of styles. */
  readonly truncation?: number;
}

export interface SampleBatch {
  readonly source: SampleSource;
  /** `[count, ...example]` */
  readonly examples: HostTensor;
}

export interface SamplePlan {
  readonly count: number;
  /** The class of each sample; undefined if the run has no classes. */
  readonly labels?: Int32Array;
  /** Generates them in order, anew at each call. */
  batches(): AsyncGenerator<SampleBatch>;
  close(): Promise<void>;
}

/** Throws `SamplingError`, and `DataError` for a file that is no array. */
export async function planSamples(generator: OpenedGenerator, request: SampleRequest): Promise<SamplePlan> {
  const { latents } = generator.task;
  requireStyles(request.truncation, latents);
  return latents === undefined
    ? await planTranslations(generator, request)
    : await planFromLatents(generator, latents, request);
}

async function planTranslations(
  { task, engine, openData }: OpenedGenerator,
  { count, seed, latentFile, label }: SampleRequest,
): Promise<SamplePlan> {
  if (latentFile !== undefined || label !== undefined || count === undefined)
    throw new SamplingError(
      localizable('The generator of this run starts from images of its data, not from latents.'),
      localizable('Pass --count without --latents and --class.'),
    );
  const source = await task.sampleSource(Random.seeded(seed, STREAM), count, openData);
  return {
    count: source.source.shape[0] ?? 0,
    async *batches() {
      yield { source, examples: await task.sample(engine, source) };
    },
    async close() {},
  };
}

/** Name of the random stream that latents are drawn from. */
export const STREAM = 'gan sample';

async function planFromLatents(
  { task, engine }: OpenedGenerator,
  { size, prior, classes }: Latents,
  request: SampleRequest,
): Promise<SamplePlan> {
  requireClass(request.label, classes);
  const file = request.latentFile === undefined ? undefined : await openLatents(request.latentFile, size);
  try {
    const count = countOf(request, file?.count);
    const labels =
      classes === 0 ? undefined : Int32Array.from({ length: count }, (_, i) => request.label ?? i % classes);
    return {
      count,
      ...(labels === undefined ? {} : { labels }),
      async *batches() {
        const random = Random.seeded(request.seed, STREAM);
        for (let begin = 0; begin < count; begin += SAMPLE_BATCH) {
          const end = Math.min(count, begin + SAMPLE_BATCH);
          const values =
            file === undefined
              ? drawn(random, (end - begin) * size, prior)
              : Float32Array.from(await file.array.values(begin * size, (end - begin) * size));
          const source = {
            source: float32([end - begin, size], values),
            ...(request.truncation === undefined ? {} : { truncation: request.truncation }),
            ...(labels === undefined ? {} : { labels: oneHot(labels.subarray(begin, end), classes) }),
          };
          yield { source, examples: await task.sample(engine, source) };
        }
      },
      close: async () => await file?.close(),
    };
  } catch (error) {
    await file?.close();
    throw error;
  }
}

function drawn(random: Random, length: number, prior: Latents['prior']): Float32Array {
  const values = new Float32Array(length);
  return prior === 'normal' ? random.fillNormal(values) : random.fillUniform(values, -1, 1);
}

/** Throws `SamplingError` if the run has no such class. */
export function requireClass(label: number | undefined, classes: number): void {
  if (label === undefined || label < classes) return;
  throw new SamplingError(
    classes === 0
      ? localizable('This run has no classes.')
      : localizable('There is no class {0}: the run has {1} classes.', label, classes),
    classes === 0
      ? localizable('Leave out --class.')
      : localizable('Pass a class from 0 to {0}.', classes - 1),
  );
}

/** Throws `SamplingError` if a truncation is asked for and the generator has no styles. */
export function requireStyles(truncation: number | undefined, latents: Latents | undefined): void {
  if (truncation === undefined || latents?.hasStyles === true) return;
  throw new SamplingError(
    localizable('The generator of this run has no styles to truncate.'),
    localizable('Leave out --truncation.'),
  );
}

function countOf({ count, latentFile }: SampleRequest, available: number | undefined): number {
  const wanted = count ?? available;
  if (wanted === undefined)
    throw new SamplingError(
      localizable('Neither the number of samples nor their latents are given.'),
      localizable('Pass --count or --latents.'),
    );
  if (available !== undefined && wanted > available)
    throw new SamplingError(
      localizable('{0} has {1} latents, but {2} samples are asked for.', latentFile ?? '', available, wanted),
      localizable('Pass a smaller --count, or leave it out.'),
    );
  return wanted;
}

interface LatentFile {
  readonly count: number;
  readonly array: NumpyArray;
  close(): Promise<void>;
}

async function openLatents(path: string, size: number): Promise<LatentFile> {
  if (!existsSync(path))
    throw new SamplingError(
      localizable('There is no file {0}.', path),
      localizable('Pass a NumPy array of latents, such as one that gan sample wrote with --save-latents.'),
    );
  const file = await openNumpy(path);
  const [array] = file.arrays.values();
  const [count = 0, width, ...rest] = array?.shape ?? [];
  if (array !== undefined && count > 0 && width === size && rest.length === 0)
    return { count, array, close: file.close };
  await file.close();
  throw new SamplingError(
    localizable(
      '{0} holds [{1}], but the latents of this run are [count, {2}].',
      path,
      (array?.shape ?? []).join(', '),
      size,
    ),
    localizable('Save a NumPy array of that shape, or one that gan sample wrote with --save-latents.'),
  );
}

/**
 * Reads the latents of a `.npy` file, each `[size]`. Throws `SamplingError` if it holds none of this size, or more than
 * `most`.
 */
export async function readLatents(path: string, size: number, most: number): Promise<Float32Array[]> {
  const { count, array, close } = await openLatents(path, size);
  try {
    if (count > most)
      throw new SamplingError(
        localizable('{0} has {1} latents, but at most {2} can be used.', path, count, most),
        localizable('Save fewer of them, such as {0}.', `latents[:${most}]`),
      );
    const values = Float32Array.from(await array.values(0, count * size));
    return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
  } finally {
    await close();
  }
}

/** Joins tensors along their first axis. */
export function stacked(parts: readonly HostTensor[]): HostTensor {
  const count = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const rest = parts[0]?.shape.slice(1) ?? [];
  const all = float32([count, ...rest]);
  let at = 0;
  for (const { data } of parts) {
    all.data.set(data, at);
    at += data.length;
  }
  return all;
}
