/**
 * TensorFlow's event files: the few messages that TensorBoard reads, by the field numbers of `event.proto`,
 * `summary.proto` and `tensor.proto`, and the framing of their records (`record_writer.cc`).
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { maskedCrc32c } from './crc32c';

export type SummaryValue =
  | { readonly tag: string; readonly scalar: number }
  | { readonly tag: string; readonly png: Uint8Array; readonly width: number; readonly height: number }
  | { readonly tag: string; readonly markdown: string };

export interface Event {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly values: readonly SummaryValue[];
}

const COLOURS = 3;
const STRING_TYPE = 7;

/** The first record of each file. */
export function versionRecord(wallTime: number): Uint8Array {
  return framed(
    new BinaryWriter()
      .tag(1, WireType.Bit64)
      .double(wallTime)
      .tag(3, WireType.LengthDelimited)
      .string('brain.Event:2')
      .finish(),
  );
}

export function eventRecord({ wallTime, step, values }: Event): Uint8Array {
  const event = new BinaryWriter()
    .tag(1, WireType.Bit64)
    .double(wallTime)
    .tag(2, WireType.Varint)
    .int64(step)
    .tag(5, WireType.LengthDelimited)
    .fork();
  for (const value of values) writeValue(event.tag(1, WireType.LengthDelimited).fork(), value).join();
  return framed(event.join().finish());
}

function writeValue(writer: BinaryWriter, value: SummaryValue): BinaryWriter {
  writer.tag(1, WireType.LengthDelimited).string(value.tag);
  if ('scalar' in value) return writer.tag(2, WireType.Bit32).float(value.scalar);
  if ('png' in value)
    return writer
      .tag(4, WireType.LengthDelimited)
      .fork()
      .tag(1, WireType.Varint)
      .int32(value.height)
      .tag(2, WireType.Varint)
      .int32(value.width)
      .tag(3, WireType.Varint)
      .int32(COLOURS)
      .tag(4, WireType.LengthDelimited)
      .bytes(value.png)
      .join();
  return writer
    .tag(9, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.LengthDelimited)
    .string('text')
    .join()
    .join()
    .tag(8, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.Varint)
    .int32(STRING_TYPE)
    .tag(8, WireType.LengthDelimited)
    .string(value.markdown)
    .join();
}

/** Length and data, each with its checksum. */
function framed(data: Uint8Array): Uint8Array {
  const record = Buffer.alloc(data.length + 16);
  record.writeBigUInt64LE(BigInt(data.length), 0);
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8);
  record.set(data, 12);
  record.writeUInt32LE(maskedCrc32c(data), 12 + data.length);
  return record;
}
