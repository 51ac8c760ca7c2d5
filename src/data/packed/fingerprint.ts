/** Fingerprints packed bytes to detect changes, without reading gigabytes. */
import { createHash } from 'node:crypto';
import { IN_MEMORY_BYTES, type PackedBytes } from './bytes';

const SAMPLES = 256;
const SAMPLE_BYTES = 1 << 16;

/** SHA-256, hexadecimal: of all bytes if they fit into memory, otherwise of the size and evenly spaced samples. */
export async function fingerprintOf(...bodies: readonly PackedBytes[]): Promise<string> {
  const hash = createHash('sha256');
  for (const bytes of bodies) {
    hash.update(`${bytes.size}\0`);
    const whole = bytes.size <= IN_MEMORY_BYTES;
    const part = Buffer.alloc(whole ? bytes.size : SAMPLE_BYTES);
    const last = bytes.size - part.length;
    for (let i = 0; i < (whole ? 1 : SAMPLES); i++) {
      await bytes.read(part, Math.floor((last * i) / (SAMPLES - 1)));
      hash.update(part);
    }
  }
  return hash.digest('hex');
}
