/**
 * The arrays of a `.npz`, a zip archive. Members stored as they are (`numpy.savez`) are read in place; compressed ones are
 * unpacked, large ones into the cache for as long as the file is open. Sizes and CRC-32 of each are checked, so that a
 * damaged archive is refused and not learnt from.
 */
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise as openZip, type ZipFile } from 'yauzl';
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { IN_MEMORY_BYTES, inMemory, type PackedBytes } from '../packed/bytes';
import { onDiskMeanwhile } from '../packed/cache';

export interface NpzMember {
  readonly name: string;
  readonly content: PackedBytes;
  /** Reads the member through and throws `DataError` if its bytes are not those that were saved. */
  check(): Promise<void>;
}

export const SAVE_AGAIN = localizable('Save it again with numpy.save or numpy.savez.');
const CHUNK_BYTES = 1 << 20;
const STORED = 0;

/**
 * @param bytes those of the whole file
 * @param opened gets what must be closed
 *
 * Throws `DataError`.
 */
export async function openMembers(
  bytes: PackedBytes,
  file: string,
  opened: PackedBytes[],
): Promise<readonly NpzMember[]> {
  const members: NpzMember[] = [];
  try {
    const zip = await openZip(file, { autoClose: false, lazyEntries: true });
    try {
      for await (const entry of zip.eachEntry()) {
        const member =
          entry.compressionMethod === STORED
            ? await storedMember(bytes, file, zip, entry)
            : await unpackedMember(file, zip, entry);
        opened.push(member.content);
        members.push(member);
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(localizable('{0} cannot be unpacked: {1}.', file, describeError(error)), SAVE_AGAIN, {
      cause: error,
    });
  }
  return members;
}

function damaged(file: string, { fileName }: Entry, problem: string): DataError {
  return new DataError(localizable('{0} ({1}) is damaged: {2}.', file, fileName, problem), SAVE_AGAIN);
}

async function storedMember(
  bytes: PackedBytes,
  file: string,
  zip: ZipFile,
  entry: Entry,
): Promise<NpzMember> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const size = entry.uncompressedSize;
  if (fileDataStart + size > bytes.size)
    throw damaged(
      file,
      entry,
      `its directory promises ${size} bytes, but only ${bytes.size - fileDataStart} follow`,
    );
  const content: PackedBytes = {
    size,
    read: (target, offset) => bytes.read(target, fileDataStart + offset),
    close: () => bytes.close(),
  };
  return {
    name: entry.fileName,
    content,
    // Only when values are needed: an import that is up to date need not read a large file through.
    async check() {
      for await (const _chunk of verified(chunksOf(content), file, entry));
    },
  };
}

async function unpackedMember(file: string, zip: ZipFile, entry: Entry): Promise<NpzMember> {
  const content = verified(unpacked(zip, entry), file, entry);
  const isSmall = entry.uncompressedSize <= IN_MEMORY_BYTES;
  return {
    name: entry.fileName,
    content: isSmall ? inMemory(await buffer(content)) : await onDiskMeanwhile(content),
    async check() {},
  };
}

/** Opens the stream only when it is read, since an error of a stream that nobody reads yet would end the process. */
async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  yield* await zip.openReadStreamPromise(entry);
}

async function* chunksOf(content: PackedBytes): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < content.size; offset += CHUNK_BYTES) {
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, content.size - offset));
    await content.read(chunk, offset);
    yield chunk;
  }
}

/** The chunks, and at their end `DataError` if they are not as many bytes or not the bytes that the directory names. */
async function* verified(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  entry: Entry,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let checksum = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (size !== entry.uncompressedSize)
    throw damaged(
      file,
      entry,
      `its directory promises ${entry.uncompressedSize} bytes, but there are ${size}`,
    );
  if (checksum !== entry.crc32)
    throw damaged(file, entry, 'its contents do not match their checksum (CRC-32)');
}
