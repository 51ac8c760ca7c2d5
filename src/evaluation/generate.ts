/** Generates many samples in parts, to report progress and allow cancellation in between. */

import type { Engine } from '../engine/engine';
import { exampleExtents } from '../shared/example-shape';
import type { HostTensor } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';
import type { SampleSource, TrainingTask } from '../training/task';

/** Samples between checks for cancellation; a multiple of every generator's batch size. */
export const SAMPLES_AT_ONCE = 64;

export interface GenerationWatch {
  readonly signal?: AbortSignal;
  onDone?(done: number, total: number): void;
}

/** Returns examples `[count, ...example]`, identical to generating them all at once. Throws the signal's reason. */
export async function generateInParts(
  task: TrainingTask,
  engine: Engine,
  source: SampleSource,
  { signal, onDone }: GenerationWatch = {},
): Promise<HostTensor> {
  const count = source.source.shape[0] ?? 0;
  const extents = exampleExtents(task.example);
  const generated = new Float32Array(count * sizeOf(extents));
  for (let begin = 0; begin < count; begin += SAMPLES_AT_ONCE) {
    signal?.throwIfAborted();
    const { data } = await task.sample(engine, samplesFrom(source, begin));
    generated.set(data, begin * sizeOf(extents));
    onDone?.(Math.min(count, begin + SAMPLES_AT_ONCE), count);
  }
  return float32([count, ...extents], generated);
}

/** Inputs of the next part of samples, starting at `begin`. */
export function samplesFrom({ source, labels }: SampleSource, begin: number): SampleSource {
  const part = ({ shape: [count = 0, ...rest], data }: HostTensor): HostTensor => {
    const end = Math.min(count, begin + SAMPLES_AT_ONCE);
    const values = data.subarray(begin * sizeOf(rest), end * sizeOf(rest));
    return float32([end - begin, ...rest], Float32Array.from(values));
  };
  return { source: part(source), ...(labels === undefined ? {} : { labels: part(labels) }) };
}
