/**
 * The safetensors file format (https://huggingface.co/docs/safetensors): an 8-byte little-endian header length, a JSON
 * header padded with spaces to a multiple of 8 bytes, then the tensors. The output can be read by Python's
 * `safetensors`. It is deterministic: the same tensors and metadata give the same bytes, since names are sorted and
 * nothing else enters.
 */
import { crc32 } from 'node:zlib';
import { WorkbenchError } from '../shared/errors';
import { type HostTensor, type HostTensors, sizeOf } from '../shared/host-tensor';
import { type LocalizableValue, localizable } from '../shared/localizable-text';

/** The file is not a complete safetensors file; the message gives the problem and its byte offset. */
export class SafetensorsError extends WorkbenchError {
  constructor(origin: string, problem: LocalizableValue) {
    super(
      localizable('{0}: {1}', origin, problem),
      localizable(
        'The file is damaged or not a safetensors file. Use another checkpoint, or a backup of this one.',
      ),
    );
  }
}

export interface SafetensorsFile {
  readonly tensors: HostTensors;
  readonly metadata: Readonly<Record<string, string>>;
  /** False for files of other programs, which have no checksum: they are known only to be well-formed. */
  readonly hasChecksum: boolean;
}

/** The limit of the reference implementation: a longer header is malicious or garbage. */
const MAX_HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;
/**
 * Metadata key of the CRC-32 of the whole file, header included, computed with the checksum's own digits set to zero.
 * In files of earlier versions it covers only the tensors; files of other programs have none.
 */
const CHECKSUM_KEY = 'crc32';
const NO_CHECKSUM = '00000000';
const DTYPE_NAMES = { float32: 'F32', int32: 'I32' } as const;

function bytesOf(tensor: HostTensor): Uint8Array {
  return new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
}

/** Returns chunks to be written in order; the tensors' bytes are views, not copies. */
export function encodeSafetensors(
  tensors: HostTensors,
  metadata: Readonly<Record<string, string>>,
): readonly Uint8Array[] {
  const entries = Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1));
  const header: Record<string, unknown> = {};
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const [name, tensor] of entries) {
    const bytes = bytesOf(tensor);
    header[name] = {
      dtype: DTYPE_NAMES[tensor.dtype],
      shape: tensor.shape,
      data_offsets: [offset, offset + bytes.length],
    };
    offset += bytes.length;
    chunks.push(bytes);
  }
  const sortedMetadata = Object.fromEntries(
    Object.entries({ ...metadata, [CHECKSUM_KEY]: NO_CHECKSUM }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const json = Buffer.from(JSON.stringify({ __metadata__: sortedMetadata, ...header }));
  const prefix = Buffer.alloc(LENGTH_BYTES + Math.ceil(json.length / 8) * 8, ' ');
  prefix.writeBigUInt64LE(BigInt(prefix.length - LENGTH_BYTES));
  json.copy(prefix, LENGTH_BYTES);
  const digits = checksumDigits(prefix);
  if (digits === undefined) throw new Error('The header has no place for its checksum.');
  prefix.write(checksumOf(prefix, ...chunks), digits, 'latin1');
  return [prefix, ...chunks];
}

/** Offset of the checksum's digits. Quotes inside a JSON string are escaped, so only the key itself can match. */
function checksumDigits(prefix: Buffer): number | undefined {
  const key = `"${CHECKSUM_KEY}":"`;
  const at = prefix.indexOf(key, LENGTH_BYTES, 'latin1');
  return at < 0 ? undefined : at + key.length;
}

function checksumOf(...chunks: readonly Uint8Array[]): string {
  // For an empty buffer, zlib returns 0 instead of the running checksum.
  const value = chunks.reduce((sum, bytes) => (bytes.length > 0 ? crc32(bytes, sum) : sum), 0);
  return value.toString(16).padStart(NO_CHECKSUM.length, '0');
}

/** Throws `SafetensorsError` if the contents do not match the checksum. */
function verify(origin: string, checksum: string, prefix: Buffer, data: Buffer): void {
  const unsigned = Buffer.from(prefix);
  const digits = checksumDigits(unsigned);
  if (digits !== undefined) unsigned.write(NO_CHECKSUM, digits, 'latin1');
  if (checksumOf(unsigned, data) === checksum || checksumOf(data) === checksum) return;
  throw new SafetensorsError(
    origin,
    localizable('the contents do not match the checksum {0} in the header', checksum),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

interface TensorEntry {
  readonly name: string;
  readonly dtype: HostTensor['dtype'];
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function parseEntry(origin: string, name: string, value: unknown): TensorEntry {
  const fail = (problem: string): SafetensorsError =>
    new SafetensorsError(origin, `tensor "${name}" ${problem}`);
  if (!isObject(value)) throw fail('is not described by an object');
  const { dtype, shape, data_offsets: offsets } = value;
  if (dtype !== 'F32' && dtype !== 'I32')
    throw fail(`has the type ${JSON.stringify(dtype)}; F32 and I32 are read`);
  if (!Array.isArray(shape) || !shape.every(isCount)) throw fail('has no valid shape');
  if (!Array.isArray(offsets) || offsets.length !== 2) throw fail('has no valid data_offsets');
  const [begin, end]: readonly unknown[] = offsets;
  if (!isCount(begin) || !isCount(end) || begin > end) throw fail('has no valid data_offsets');
  const expected = sizeOf(shape) * 4;
  if (end - begin !== expected) {
    throw fail(
      `of shape [${shape.join(', ')}] needs ${expected} bytes, but its data_offsets span ${end - begin}`,
    );
  }
  return { name, dtype: dtype === 'F32' ? 'float32' : 'int32', shape, begin, end };
}

function parseHeader(origin: string, text: string): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw new SafetensorsError(origin, `the header is not JSON: ${String(error)}`);
  }
  if (!isObject(header)) throw new SafetensorsError(origin, 'the header is not a JSON object');
  return header;
}

function parseMetadata(origin: string, value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  const metadata: Record<string, string> = {};
  if (!isObject(value)) throw new SafetensorsError(origin, '__metadata__ is not an object');
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw new SafetensorsError(origin, `__metadata__.${key} is not a string`);
    metadata[key] = text;
  }
  return metadata;
}

/**
 * Decodes a whole file; the tensors are copies, so `file` may be reused. `origin` names the file in errors. Throws
 * `SafetensorsError` unless the file is exactly well-formed: truncation, an absurd header length, tensors that overlap,
 * leave gaps or do not fit their shape, trailing bytes, a checksum mismatch.
 */
export function decodeSafetensors(file: Uint8Array, origin: string): SafetensorsFile {
  const view = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (view.length < LENGTH_BYTES) {
    throw new SafetensorsError(
      origin,
      `truncated: ${view.length} bytes, less than the 8 of the header length`,
    );
  }
  const headerBytes = view.readBigUInt64LE();
  if (headerBytes > BigInt(MAX_HEADER_BYTES)) {
    throw new SafetensorsError(
      origin,
      `the header length at byte 0 is ${headerBytes}, above ${MAX_HEADER_BYTES}`,
    );
  }
  const dataStart = LENGTH_BYTES + Number(headerBytes);
  if (dataStart > view.length) {
    throw new SafetensorsError(
      origin,
      `truncated: the header ends at byte ${dataStart}, the file at ${view.length}`,
    );
  }
  const header = parseHeader(origin, view.toString('utf8', LENGTH_BYTES, dataStart));
  const { __metadata__: rawMetadata, ...rawTensors } = header;
  const { [CHECKSUM_KEY]: checksum, ...metadata } = parseMetadata(origin, rawMetadata);
  const entries = Object.entries(rawTensors)
    .map(([name, value]) => parseEntry(origin, name, value))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);

  let previous: TensorEntry | undefined;
  for (const entry of entries) {
    const expected = previous?.end ?? 0;
    if (entry.begin !== expected) {
      const relation = entry.begin < expected ? 'overlaps' : 'leaves a hole after';
      throw new SafetensorsError(
        origin,
        `tensor "${entry.name}" ${relation} "${previous?.name ?? 'the header'}"`,
      );
    }
    previous = entry;
  }
  const dataEnd = dataStart + (previous?.end ?? 0);
  if (dataEnd !== view.length) {
    const problem = dataEnd > view.length ? 'truncated: ' : '';
    throw new SafetensorsError(
      origin,
      `${problem}the tensors end at byte ${dataEnd}, the file at ${view.length}`,
    );
  }
  if (checksum !== undefined) verify(origin, checksum, view.subarray(0, dataStart), view.subarray(dataStart));

  const tensors: Record<string, HostTensor> = {};
  for (const { name, dtype, shape, begin, end } of entries) {
    // A copy has its own buffer: aligned regardless of the offset in the file, and freed independently of the others.
    const bytes = Uint8Array.from(view.subarray(dataStart + begin, dataStart + end)).buffer;
    tensors[name] =
      dtype === 'float32'
        ? { shape, dtype, data: new Float32Array(bytes) }
        : { shape, dtype, data: new Int32Array(bytes) };
  }
  return { tensors, metadata, hasChecksum: checksum !== undefined };
}
