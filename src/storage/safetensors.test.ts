import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withFlippedBit } from '../../test/support/flipped-bit';
import { float32, type HostTensors } from '../shared/host-tensor';
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from './safetensors';

const TENSORS: HostTensors = {
  'generator/kernel': float32([2, 3], Float32Array.of(1, -2, 3.5, Number.NaN, Number.POSITIVE_INFINITY, -0)),
  'adam/step': { shape: [], dtype: 'int32', data: Int32Array.of(-7) },
  empty: float32([0, 4]),
};

function encode(tensors: HostTensors, metadata: Record<string, string> = {}): Buffer {
  return Buffer.concat(encodeSafetensors(tensors, metadata));
}

/** A file with an arbitrary header and zeroed data. */
function raw(header: unknown, dataBytes: number): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}

function tensor(begin: number, end: number, shape: readonly number[] = [(end - begin) / 4]): object {
  return { dtype: 'F32', shape, data_offsets: [begin, end] };
}

describe('writing', () => {
  it('gives back tensors and metadata', () => {
    const file = decodeSafetensors(encode(TENSORS, { state: '{"step":3}' }), 'a file');
    expect(file.tensors).toEqual(TENSORS);
    expect(file.metadata).toEqual({ state: '{"step":3}' });
  });

  it('aligns the data to 8 bytes and stores little-endian values', () => {
    const bytes = encode({ a: float32([1], Float32Array.of(1)) });
    const dataStart = 8 + Number(bytes.readBigUInt64LE());
    expect(dataStart % 8).toBe(0);
    expect(bytes.readFloatLE(dataStart)).toBe(1);
    expect(bytes.length).toBe(dataStart + 4);
  });

  it('gives the same bytes whatever the order of the names', () => {
    const reversed = Object.fromEntries(Object.entries(TENSORS).reverse());
    expect(encode(reversed, { b: '1', a: '2' }).equals(encode(TENSORS, { a: '2', b: '1' }))).toBe(true);
  });

  it('reads from any position in a larger buffer', () => {
    const bytes = encode(TENSORS);
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect(decodeSafetensors(shifted, 'a file').tensors).toEqual(TENSORS);
  });
});

describe('the checksum', () => {
  const good = encode(TENSORS, { state: '{"step":3}' });

  it('covers every bit: none can flip unnoticed, but those of its own key, whose loss is reported', () => {
    for (let bit = 0; bit < 8 * good.length; bit++) {
      const flipped = withFlippedBit(good, bit);
      try {
        const file = decodeSafetensors(flipped, 'x');
        expect(file.hasChecksum, `bit ${bit}`).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(SafetensorsError);
      }
    }
  });

  it('of an earlier version, over the tensors alone, is still read', () => {
    const dataStart = 8 + Number(good.readBigUInt64LE());
    const ofTensors = crc32(good.subarray(dataStart)).toString(16).padStart(8, '0');
    const earlier = Buffer.from(good);
    earlier.write(ofTensors, good.indexOf('"crc32":"') + 9);
    expect(decodeSafetensors(earlier, 'x')).toEqual(decodeSafetensors(good, 'x'));
  });

  it('is missed in files of other programs only', () => {
    expect(decodeSafetensors(good, 'x').hasChecksum).toBe(true);
    expect(decodeSafetensors(raw({ a: tensor(0, 4) }, 4), 'x').hasChecksum).toBe(false);
  });
});

describe('malformed files', () => {
  const good = encode(TENSORS);
  const headerEnd = 8 + Number(good.readBigUInt64LE());
  const hugeLength = Buffer.alloc(16, 0xff);
  const flipped = Buffer.from(good);
  flipped[headerEnd] = (flipped[headerEnd] ?? 0) ^ 1;

  it.each([
    ['an empty file', Buffer.alloc(0), 'truncated: 0 bytes'],
    ['an absurd header length', hugeLength, 'the header length at byte 0 is 18446744073709551615'],
    [
      'a header that is cut',
      good.subarray(0, headerEnd - 1),
      `truncated: the header ends at byte ${headerEnd}`,
    ],
    [
      'data that are cut',
      good.subarray(0, good.length - 1),
      `truncated: the tensors end at byte ${good.length}`,
    ],
    ['bytes left over', Buffer.concat([good, Buffer.alloc(1)]), `the file at ${good.length + 1}`],
    ['a bit that flipped', flipped, 'do not match the checksum'],
    ['a header that is not JSON', raw('{"a"', 0), 'the header is not JSON'],
    ['a header that is no object', raw([1], 0), 'the header is not a JSON object'],
    ['overlapping tensors', raw({ a: tensor(0, 8), b: tensor(4, 12) }, 12), 'tensor "b" overlaps "a"'],
    ['a hole', raw({ a: tensor(0, 4), b: tensor(8, 12) }, 12), 'tensor "b" leaves a hole after "a"'],
    [
      'a shape of another size',
      raw({ a: tensor(0, 8, [3]) }, 8),
      'of shape [3] needs 12 bytes, but its data_offsets span 8',
    ],
    ['a negative shape', raw({ a: tensor(0, 4, [-1]) }, 4), 'tensor "a" has no valid shape'],
    ['offsets the wrong way round', raw({ a: tensor(4, 0, []) }, 4), 'tensor "a" has no valid data_offsets'],
    ['another type', raw({ a: { dtype: 'F16', shape: [2], data_offsets: [0, 4] } }, 4), 'has the type "F16"'],
    ['metadata that are no strings', raw({ __metadata__: { a: 1 } }, 0), '__metadata__.a is not a string'],
  ])('%s', (_what, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'x.safetensors')).toThrow(SafetensorsError);
    expect(() => decodeSafetensors(bytes, 'x.safetensors')).toThrow(message);
  });

  it('never takes a damaged file for whole, wherever it is cut', () => {
    for (let length = 0; length < good.length; length++) {
      expect(() => decodeSafetensors(good.subarray(0, length), 'x')).toThrow(SafetensorsError);
    }
  });
});
