/** Runs a program of `SAMPLE_BATCH` examples over any number of them. */
import type { HostTensor, HostTensors } from '../../shared/host-tensor';
import { float32, sizeOf } from '../../shared/host-tensor';
import { SAMPLE_BATCH } from '../programs';

/**
 * @param all tensors `[count, …]` of the same count; the last batch is filled up with zeros
 * @param run gives one output, `[SAMPLE_BATCH, …]`
 * @returns `[count, …]`
 */
export async function inBatches(
  all: HostTensors,
  run: (batch: HostTensors) => Promise<HostTensors>,
): Promise<HostTensor> {
  const [count = 0] = Object.values(all)[0]?.shape ?? [];
  let result: Float32Array | undefined;
  let rest: readonly number[] = [];
  for (let start = 0; start < count; start += SAMPLE_BATCH) {
    const [made] = Object.values(await run(slice(all, start, count)));
    if (made === undefined) throw new RangeError('the program has no output');
    rest = made.shape.slice(1);
    const width = sizeOf(rest);
    result ??= new Float32Array(count * width);
    result.set(made.data.subarray(0, Math.min(SAMPLE_BATCH, count - start) * width), start * width);
  }
  return float32([count, ...rest], result ?? new Float32Array(0));
}

function slice(all: HostTensors, start: number, count: number): HostTensors {
  const part: Record<string, HostTensor> = {};
  for (const [name, { shape, data }] of Object.entries(all)) {
    const width = sizeOf(shape.slice(1));
    const values = new Float32Array(SAMPLE_BATCH * width);
    values.set(data.subarray(start * width, Math.min(count, start + SAMPLE_BATCH) * width));
    part[name] = float32([SAMPLE_BATCH, ...shape.slice(1)], values);
  }
  return part;
}
