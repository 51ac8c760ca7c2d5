/**
 * TensorFlow's checkpoint of format 2 (`tensor_bundle.h`): the values one after another, and an index of them. The index
 * is a sorted table as LevelDB writes them (`table_format.md`): blocks with checksums, and a footer.
 */
import { create, toBinary } from '@bufbuild/protobuf';
import { DATA_TYPE, shapeProto } from '../../engine/tensorflow/graph-def';
import {
  BundleEntryProtoSchema,
  BundleHeaderProto_Endianness,
  BundleHeaderProtoSchema,
  VersionDefSchema,
} from '../../engine/tensorflow/messages_pb';
import type { HostTensors } from '../../shared/host-tensor';
import { maskedCrc32c } from '../tensorboard/crc32c';

export interface Checkpoint {
  readonly index: Uint8Array;
  readonly data: Uint8Array;
}

export function encodeCheckpoint(tensors: HostTensors): Checkpoint {
  const header = create(BundleHeaderProtoSchema, {
    numShards: 1,
    endianness: BundleHeaderProto_Endianness.LITTLE,
    version: create(VersionDefSchema, { producer: 1 }),
  });
  const entries: Entry[] = [{ key: '', value: toBinary(BundleHeaderProtoSchema, header) }];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { shape, dtype, data }] of sorted(tensors)) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const entry = create(BundleEntryProtoSchema, {
      dtype: DATA_TYPE[dtype],
      shape: shapeProto(shape),
      offset: BigInt(offset),
      size: BigInt(bytes.length),
      crc32c: maskedCrc32c(bytes),
    });
    entries.push({ key: name, value: toBinary(BundleEntryProtoSchema, entry) });
    parts.push(bytes);
    offset += bytes.length;
  }
  return { index: table(entries), data: Buffer.concat(parts) };
}

/** By the bytes of the names, which a table needs. */
function sorted(tensors: HostTensors): [string, HostTensors[string]][] {
  return Object.entries(tensors).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
}

const MAGIC = 0xdb4775248b80fb57n;
const FOOTER_BYTES = 48;
const UNCOMPRESSED = 0;

function table(entries: readonly Entry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  /** Adds a block, and returns where it is. */
  const add = (block: Uint8Array): Uint8Array => {
    const stored = Buffer.concat([block, Uint8Array.of(UNCOMPRESSED)]);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(maskedCrc32c(stored));
    const place = Buffer.concat([varint(size), varint(block.length)]);
    parts.push(stored, checksum);
    size += stored.length + checksum.length;
    return place;
  };
  const data = add(blockOf(entries));
  const meta = add(blockOf([]));
  const index = add(blockOf([{ key: entries.at(-1)?.key ?? '', value: data }]));
  const footer = Buffer.alloc(FOOTER_BYTES);
  Buffer.concat([meta, index]).copy(footer);
  footer.writeBigUInt64LE(MAGIC, FOOTER_BYTES - 8);
  return Buffer.concat([...parts, footer]);
}

/** Each key is whole, so that each entry is a point to begin from, though only the first is listed as one. */
function blockOf(entries: readonly Entry[]): Uint8Array {
  const restarts = Buffer.alloc(8);
  restarts.writeUInt32LE(0, 0);
  restarts.writeUInt32LE(1, 4);
  const parts = entries.flatMap(({ key, value }) => {
    const bytes = Buffer.from(key);
    return [varint(0), varint(bytes.length), varint(value.length), bytes, value];
  });
  return Buffer.concat([...parts, restarts]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...bytes, rest);
}
