/** Cache keys from the content of data, so that cached results are found again and never used for other data. */
import { createHash } from 'node:crypto';
import type { Dataset, Examples } from '../data/source';
import { spreadIndices } from '../data/spread';
import { exampleExtents } from '../shared/example-shape';
import { sizeOf } from '../shared/host-tensor';

/** Number of examples hashed, evenly spread over all of them. */
const LOOKED_AT = 256;

/** Returns the first 16 hexadecimal digits of a SHA-256 hash. */
export function shortHash(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** Key that is equal for equal examples and labels, as far as the hashed ones show; propagates read errors. */
async function contentKey(examples: Examples): Promise<string> {
  const { count, shape, classes } = examples;
  const indices = spreadIndices(count, LOOKED_AT);
  const looked = indices.length;
  const values = new Float32Array(looked * sizeOf(exampleExtents(shape)));
  const labels = new Int32Array(looked);
  const inputs = examples.input && new Float32Array(looked * sizeOf(exampleExtents(examples.input)));
  await examples.read(indices, values, classes > 0 ? labels : undefined, inputs);
  return shortHash(
    `${count} ${classes} ${exampleExtents(shape).join()}`,
    bytesOf(values),
    bytesOf(labels),
    ...(inputs === undefined ? [] : [bytesOf(inputs)]),
  );
}

/**
 * Key that is equal for the same part of the same data. The fingerprint covers every example and label, the part covers
 * what was derived from them. Propagates read errors.
 */
export async function dataKey({ fingerprint = '' }: Dataset, part: Examples): Promise<string> {
  return shortHash(fingerprint, await contentKey(part));
}

/** Names data by its key, in the protocols of scores. */
export function namedData(key: string): string {
  return `data ${key.slice(0, 8)}`;
}

export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
