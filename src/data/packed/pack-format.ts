/**
 * The packed cache of a dataset: a single file with random access for training, regardless of the images' origin.
 *
 * Layout: a 32-byte head (`GANPACK1`, then offset and length of the description as little-endian 64-bit numbers, and
 * its CRC-32); the records from byte 4096 on, all of the same length; the labels (32-bit, if any); the entries (one
 * JSON object per line); the description (JSON). The head is written last, so that a partial file is never mistaken for
 * a pack. A record is the input image, for paired data, followed by the target image: one byte per channel and pixel,
 * or one class per pixel for a label map.
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
  /** Number of skipped sources; the entries give the reasons. */
  skipped: count,
  /** SHA-256 of the records and labels, hexadecimal. */
  fingerprint: z.string(),
});
export type PackDescription = z.output<typeof packDescription>;

/** Properties of a pack that are known before its records. */
export interface PackContents {
  readonly target: ImageShape;
  /** Shape of the input image, for paired data. */
  readonly input?: ImageShape;
  /** 0 for unlabelled data. */
  readonly classes: number;
  readonly classNames?: readonly string[];
}

/** The outcome for one source (a file or a pair of files): a record, or the reason for skipping it. */
export const packEntry = z.strictObject({
  /** Path inside the imported folder, or another human-readable name. */
  name: z.string(),
  /** Changes with the source: sizes and times of its files. */
  stamp: z.string(),
  slot: count.exactOptional(),
  label: count.exactOptional(),
  reason: saidSchema.exactOptional(),
});
export type PackEntry = z.output<typeof packEntry>;

/** Size of an image in a record, in bytes. */
export function storedBytes({ height, width, channels, labelMap }: ImageShape): number {
  return sizeOf([height, width, labelMap === undefined ? channels : 1]);
}

export function recordBytes({ target, input }: Pick<PackContents, 'target' | 'input'>): number {
  return storedBytes(target) + (input === undefined ? 0 : storedBytes(input));
}

/** Converts a record's bytes to the network's range; `target` is `[height, width, channels]`. */
export function unpackImage(shape: ImageShape, bytes: Uint8Array, target: Float32Array): void {
  if (shape.labelMap === undefined) {
    for (let i = 0; i < bytes.length; i++) target[i] = (bytes[i] ?? 0) / 127.5 - 1;
    return;
  }
  target.fill(-1);
  for (let i = 0; i < bytes.length; i++) target[i * shape.channels + (bytes[i] ?? 0)] = 1;
}
