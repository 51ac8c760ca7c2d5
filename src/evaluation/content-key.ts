/** Recognises data by what is in it, so that what was computed from it once is found again and never taken for other data. */
import { createHash } from 'node:crypto';
import type { Dataset, Examples } from '../data/source';
import { spreadIndices } from '../data/spread';
import { exampleExtents } from '../shared/example-shape';
import { sizeOf } from '../shared/host-tensor';

/** Examples that are looked at, evenly spread over all of them. */
const LOOKED_AT = 256;

/** First 16 hexadecimal digits of SHA-256. */
export function shortHash(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** The same for the same examples and labels, as far as a look at some of them tells; throws what reading throws. */
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
 * The same for the same part of the same data. The fingerprint knows of every example and label, and the part of what was
 * made of them. Throws what reading throws.
 */
export async function dataKey({ fingerprint = '' }: Dataset, part: Examples): Promise<string> {
  return shortHash(fingerprint, await contentKey(part));
}

/** How protocols of scores name data by its key. */
export function namedData(key: string): string {
  return `data ${key.slice(0, 8)}`;
}

export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
