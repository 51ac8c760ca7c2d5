/** Opens a packed cache: description and labels are in memory, records are read at random. */
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { exampleExtents, type ImageShape } from '../../shared/example-shape';
import { sizeOf } from '../../shared/host-tensor';
import { errorCode } from '../file-error';
import type { Examples } from '../source';
import { openBytes, type PackedBytes } from './bytes';
import type { PackDescription, PackEntry } from './pack-format';
import {
  HEAD_BYTES,
  PACK_MAGIC,
  packDescription,
  packEntry,
  RECORDS_START,
  recordBytes,
  storedBytes,
  unpackImage,
} from './pack-format';

/** Which image of a pair is the input and which the target. */
export type PackView =
  /** From the stored input, if any, to the stored target. */
  | 'as stored'
  /** Input and target swapped. */
  | 'reversed'
  /** Only one of the two. */
  | 'input alone'
  | 'target alone';

export interface Pack {
  readonly description: PackDescription;
  /** All records as examples. The pack is closed once all of its views are closed. */
  examples(view?: PackView): Examples;
  /** The outcome of each source, in import order. */
  entries(): AsyncGenerator<PackEntry>;
  /** The stored record of a slot. */
  record(slot: number): Promise<Uint8Array>;
  /** Closes the pack if no views were created. */
  close(): Promise<void>;
}

/** The pack, or undefined if it is missing or damaged. Throws any other system error. */
export async function openPack(file: string): Promise<Pack | undefined> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const description = await readDescription(handle);
    if (description === undefined) return undefined;
    const labels = await readLabels(handle, description);
    return packOf(file, await openBytes(file), description, labels);
  } finally {
    await handle.close();
  }
}

async function readDescription(handle: FileHandle): Promise<PackDescription | undefined> {
  const { size } = await handle.stat();
  const head = Buffer.alloc(HEAD_BYTES);
  if (size < RECORDS_START) return undefined;
  await handle.read(head, 0, HEAD_BYTES, 0);
  const [start, length] = [Number(head.readBigUInt64LE(8)), Number(head.readBigUInt64LE(16))];
  if (!head.subarray(0, PACK_MAGIC.length).equals(PACK_MAGIC) || start + length !== size) return undefined;
  const text = Buffer.alloc(length);
  await handle.read(text, 0, length, start);
  if (crc32(text) !== head.readUInt32LE(24)) return undefined;
  const parsed = packDescription.safeParse(JSON.parse(text.toString('utf8')));
  if (!parsed.success) return undefined;
  const { count, labelsStart, entriesStart, entriesBytes } = parsed.data;
  const isConsistent =
    labelsStart === RECORDS_START + count * recordBytes(parsed.data) && entriesStart + entriesBytes === start;
  return isConsistent ? parsed.data : undefined;
}

async function readLabels(handle: FileHandle, description: PackDescription): Promise<Int32Array> {
  const labels = new Int32Array(description.classes > 0 ? description.count : 0);
  if (labels.length > 0)
    await handle.read(new Uint8Array(labels.buffer), 0, labels.byteLength, description.labelsStart);
  return labels;
}

function packOf(file: string, bytes: PackedBytes, description: PackDescription, labels: Int32Array): Pack {
  const stride = recordBytes(description);
  const record = async (slot: number): Promise<Uint8Array> => {
    if (slot >= description.count) throw new RangeError(`${file} has no record ${slot}.`);
    const target = new Uint8Array(stride);
    await bytes.read(target, RECORDS_START + slot * stride);
    return target;
  };
  const open = new Set<symbol>();
  return {
    description,
    examples: (view = 'as stored') => {
      const key = Symbol(view);
      open.add(key);
      const { made, given } = partsOf(description, view);
      const { count, classes, classNames } = description;
      return {
        count,
        shape: made.shape,
        classes,
        ...(classNames === undefined ? {} : { classNames }),
        ...(classes === 0 ? {} : { labels }),
        ...(given === undefined ? {} : { input: given.shape }),
        async read(indices, target, labelTarget, inputs) {
          await Promise.all(
            Array.from(indices, async (index, slot) => {
              const stored = await record(index);
              unpackPart(made, stored, target, slot);
              if (given !== undefined && inputs !== undefined) unpackPart(given, stored, inputs, slot);
              if (labelTarget !== undefined) labelTarget[slot] = labels[index] ?? 0;
            }),
          );
        },
        async close() {
          if (open.delete(key) && open.size === 0) await bytes.close();
        },
      };
    },
    entries: () => readEntries(bytes, description),
    record,
    close: () => bytes.close(),
  };
}

/** The position of an image inside a record. */
interface Part {
  readonly shape: ImageShape;
  readonly start: number;
}

function partsOf({ target, input }: PackDescription, view: PackView): { made: Part; given?: Part } {
  if (input === undefined) return { made: { shape: target, start: 0 } };
  const first = { shape: input, start: 0 };
  const second = { shape: target, start: storedBytes(input) };
  if (view === 'input alone') return { made: first };
  if (view === 'target alone') return { made: second };
  return view === 'reversed' ? { made: first, given: second } : { made: second, given: first };
}

function unpackPart({ shape, start }: Part, record: Uint8Array, target: Float32Array, slot: number): void {
  const size = sizeOf(exampleExtents(shape));
  const bytes = record.subarray(start, start + storedBytes(shape));
  unpackImage(shape, bytes, target.subarray(slot * size, (slot + 1) * size));
}

const ENTRY_CHUNK_BYTES = 1 << 18;

async function* readEntries(bytes: PackedBytes, description: PackDescription): AsyncGenerator<PackEntry> {
  const end = description.entriesStart + description.entriesBytes;
  let rest = Buffer.alloc(0);
  for (let at = description.entriesStart; at < end; at += ENTRY_CHUNK_BYTES) {
    const chunk = Buffer.alloc(Math.min(ENTRY_CHUNK_BYTES, end - at));
    await bytes.read(chunk, at);
    rest = Buffer.concat([rest, chunk]);
    for (let line = rest.indexOf(10); line >= 0; line = rest.indexOf(10)) {
      yield packEntry.parse(JSON.parse(rest.toString('utf8', 0, line)));
      rest = rest.subarray(line + 1);
    }
  }
}
