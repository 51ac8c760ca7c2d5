/**
 * The packed cache of a data set: one file that training reads at random, whatever the images came from.
 *
 * Layout: a head of 32 bytes (`GANPACK1`, then where the description lies: offset and length as little-endian 64-bit
 * numbers and its CRC-32), from byte 4096 on the records, all of one length, then the labels (32-bit, where there are
 * any), then the entries (a JSON object a line), then the description (JSON). The head is written last, so that a pack
 * that was left half-written is not taken for one. A record is the image given, where the data is paired, then the
 * image to be produced: a byte for each channel of each pixel, or for each pixel its class where it is a label map.
 */
import * as z from 'zod';
import type { ImageShape } from '../../shared/example-shape';
import { sizeOf } from '../../shared/host-tensor';
import { saidSchema } from '../../shared/said-schema';

export const PACK_MAGIC = Buffer.from('GANPACK1', 'latin1');
export const PACK_SCHEMA_VERSION = 1;
export const HEAD_BYTES = 32;
export const RECORDS_START = 4096;

const extent = z.int().min(1).max(65536);
const level = z.int().min(0).max(255);

const imageShape = z.strictObject({
  kind: z.literal('image'),
  height: extent,
  width: extent,
  channels: extent,
  labelMap: z
    .strictObject({
      names: z.array(z.string()),
      colours: z.array(z.tuple([level, level, level])),
    })
    .exactOptional(),
});

const count = z.int().min(0);

export const packDescription = z.strictObject({
  schemaVersion: z.int().min(1).max(PACK_SCHEMA_VERSION),
  count,
  target: imageShape,
  input: imageShape.exactOptional(),
  classes: count,
  classNames: z.array(z.string()).exactOptional(),
  labelsStart: count,
  entriesStart: count,
  entriesBytes: count,
  /** Sources that were skipped; the entries say why. */
  skipped: count,
  /** SHA-256 of records and labels, hexadecimal. */
  fingerprint: z.string(),
});
export type PackDescription = z.output<typeof packDescription>;

/** What is known of a pack before its records are. */
export interface PackContents {
  readonly target: ImageShape;
  /** The image given, where the data is paired. */
  readonly input?: ImageShape;
  /** 0 where there are no labels. */
  readonly classes: number;
  readonly classNames?: readonly string[];
}

/** What became of one source (a file, a pair of files): a record, or a reason why it was skipped. */
export const packEntry = z.strictObject({
  /** Path inside the imported folder, or whatever names the source for a person. */
  name: z.string(),
  /** Changes when the source does: sizes and times of its files. */
  stamp: z.string(),
  slot: count.exactOptional(),
  label: count.exactOptional(),
  reason: saidSchema.exactOptional(),
});
export type PackEntry = z.output<typeof packEntry>;

/** Bytes of an image in a record. */
export function storedBytes({ height, width, channels, labelMap }: ImageShape): number {
  return sizeOf([height, width, labelMap === undefined ? channels : 1]);
}

export function recordBytes({ target, input }: Pick<PackContents, 'target' | 'input'>): number {
  return storedBytes(target) + (input === undefined ? 0 : storedBytes(input));
}

/** From a record's bytes to the network's range; `target` is `[height, width, channels]`. */
export function unpackImage(shape: ImageShape, bytes: Uint8Array, target: Float32Array): void {
  if (shape.labelMap === undefined) {
    for (let i = 0; i < bytes.length; i++) target[i] = (bytes[i] ?? 0) / 127.5 - 1;
    return;
  }
  target.fill(-1);
  for (let i = 0; i < bytes.length; i++) target[i * shape.channels + (bytes[i] ?? 0)] = 1;
}
