/** Samples as files for other programs: single PNGs, or NumPy arrays, written batch by batch. */
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { pixelsOf } from '../pictures/pixels';
import type { SampleBatch, SamplePlan } from '../session/sampling';
import { WorkbenchError } from '../shared/errors';
import type { ExampleShape, ImageShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';
import type { HostTensor } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import { npyBytes, type WrittenArray, writeNpz } from '../storage/numpy';

type Batches = AsyncGenerator<SampleBatch>;

export interface SampleFiles extends Pick<SamplePlan, 'count' | 'labels'> {
  readonly batches: Batches;
  readonly example: ExampleShape;
}

/** Single PNG files, numbered from 0, in a folder that exists. */
export async function writePngs(folder: string, { batches, count, example }: SampleFiles): Promise<void> {
  if (example.kind === 'points')
    throw new WorkbenchError(
      localizable('This run generates points, not images.'),
      localizable('Pass a .png file for a scatter plot, or an .npz file for the points themselves.'),
    );
  const digits = String(count - 1).length;
  let index = 0;
  for await (const { examples } of batches)
    for (const png of pngsOf(examples, example))
      await writeFile(join(folder, `${String(index++).padStart(digits, '0')}.png`), png);
}

/** Each image as a PNG. */
function pngsOf(examples: HostTensor, shape: ImageShape): Uint8Array[] {
  const { width, height, channels, data } = pixelsOf(examples, shape);
  const size = width * height * channels;
  return Array.from({ length: data.length / size }, (_, i) =>
    encode({ width, height, channels, data: data.subarray(i * size, (i + 1) * size) }),
  );
}

/**
 * One `.npz`: `arr_0` has the images, `[count, height, width, channels]` as uint8, or the points as float32; `arr_1` the
 * classes. So does the sampling script of guided-diffusion (Dhariwal & Nichol 2021), whose files evaluators read.
 */
export async function writeSampleArchive(path: string, files: SampleFiles): Promise<void> {
  const { batches, count, labels, example } = files;
  const images: WrittenArray =
    example.kind === 'image'
      ? { kind: 'u1', shape: [count, ...pixelExtents(example)], chunks: pixelChunks(batches, example) }
      : { kind: 'f4', shape: [count, ...exampleExtents(example)], chunks: valueChunks(batches) };
  await writeNpz(path, {
    arr_0: images,
    ...(labels === undefined
      ? {}
      : { arr_1: { kind: 'i8', shape: [count], chunks: [bytesOf(BigInt64Array.from(labels, BigInt))] } }),
  });
}

function pixelExtents({ height, width, channels, labelMap }: ImageShape): readonly number[] {
  return [height, width, labelMap === undefined ? channels : 3];
}

async function* pixelChunks(batches: Batches, example: ImageShape): AsyncGenerator<Uint8Array> {
  for await (const { examples } of batches) yield pixelsOf(examples, example).data;
}

async function* valueChunks(batches: Batches): AsyncGenerator<Uint8Array> {
  for await (const { examples } of batches) yield bytesOf(examples.data);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Passes the batches on, and writes their latents to a `.npy` file on the way. */
export async function* keepLatents(path: string, count: number, batches: Batches): Batches {
  const handle = await open(path, 'w');
  try {
    let isBegun = false;
    for await (const batch of batches) {
      const { shape, data } = batch.source.source;
      const array = { kind: 'f4', shape: [count, ...shape.slice(1)], chunks: [bytesOf(data)] } as const;
      if (isBegun) await handle.writeFile(bytesOf(data));
      else for await (const chunk of npyBytes(array)) await handle.writeFile(chunk);
      isBegun = true;
      yield batch;
    }
  } finally {
    await handle.close();
  }
}

/** Latents `[count, size]` as a `.npy` file, which `gan sample --latents` reads. */
export async function writeLatents(path: string, { shape, data }: HostTensor): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of npyBytes({ kind: 'f4', shape, chunks: [bytesOf(data)] })) chunks.push(chunk);
  await writeFile(path, Buffer.concat(chunks));
}

/** Passes the batches on, and reports the number of samples so far. */
export async function* counted(batches: Batches, report: (done: number) => void): Batches {
  let done = 0;
  for await (const batch of batches) {
    done += batch.examples.shape[0] ?? 0;
    yield batch;
    report(done);
  }
}
