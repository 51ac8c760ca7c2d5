/** Returns a copy of some bytes with one bit inverted, as by a failing disk or memory module. */
export function withFlippedBit(bytes: Uint8Array, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  const byte = Math.floor(bit / 8);
  flipped[byte] = (flipped[byte] ?? 0) ^ (1 << (bit % 8));
  return flipped;
}
