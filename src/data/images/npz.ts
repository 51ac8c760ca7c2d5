/**
 * The arrays of a `.npz`, which is a zip archive. Stored members (`numpy.savez`) are read in place; compressed ones are
 * unpacked, large ones to the cache while the file is open. Size and CRC-32 of each member are verified, so that a
 * damaged archive is rejected rather than trained on.
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
  /** Reads the whole member, and throws `DataError` if its bytes do not match the checksum. */
  check(): Promise<void>;
}

export const SAVE_AGAIN = localizable('Save it again with numpy.save or numpy.savez.');
const CHUNK_BYTES = 1 << 20;
const STORED = 0;

/**
 * @param bytes the whole file
 * @param opened receives everything that must be closed
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
    // The library ends some of its messages with a full stop.
    const reason = describeError(error).replace(/\.$/, '');
    throw new DataError(localizable('{0} cannot be unpacked: {1}.', file, reason), SAVE_AGAIN, {
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
    // Called only when values are needed: an up-to-date import need not read through a large file.
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

/** Opens the stream only when it is consumed: an error in an unconsumed stream would end the process. */
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

/** Passes the chunks through, then throws `DataError` if their size or CRC-32 does not match the directory. */
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
