/** Runs a program with a fixed batch size over any number of examples. */
import type { HostTensor, HostTensors } from '../../shared/host-tensor';
import { float32, sizeOf } from '../../shared/host-tensor';
import { SAMPLE_BATCH } from '../programs';

/**
 * @param all tensors `[count, …]` with the same count; the last batch is padded with zeros
 * @param run maps inputs `[batch, …]` to one output `[batch, …]`
 * @returns `[count, …]`
 */
export async function inBatches(
  all: HostTensors,
  run: (inputs: HostTensors) => Promise<HostTensors>,
  batch = SAMPLE_BATCH,
): Promise<HostTensor> {
  const [count = 0] = Object.values(all)[0]?.shape ?? [];
  let result: Float32Array | undefined;
  let rest: readonly number[] = [];
  for (let start = 0; start < count; start += batch) {
    const [made] = Object.values(await run(slice(all, start, count, batch)));
    if (made === undefined) throw new RangeError('the program has no output');
    rest = made.shape.slice(1);
    const width = sizeOf(rest);
    result ??= new Float32Array(count * width);
    result.set(made.data.subarray(0, Math.min(batch, count - start) * width), start * width);
  }
  return float32([count, ...rest], result ?? new Float32Array(0));
}

function slice(all: HostTensors, start: number, count: number, batch: number): HostTensors {
  const part: Record<string, HostTensor> = {};
  for (const [name, { shape, data }] of Object.entries(all)) {
    const width = sizeOf(shape.slice(1));
    const values = new Float32Array(batch * width);
    values.set(data.subarray(start * width, Math.min(count, start + batch) * width));
    part[name] = float32([batch, ...shape.slice(1)], values);
  }
  return part;
}
