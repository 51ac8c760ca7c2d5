/** Writes a packed cache record by record in constant memory, under a temporary name until it is complete. */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolders } from '../../shared/make-folders';
import { removeAbandoned, writeAll } from './cache';
import type { PackContents, PackDescription, PackEntry } from './pack-format';
import { HEAD_BYTES, PACK_MAGIC, PACK_SCHEMA_VERSION, RECORDS_START, recordBytes } from './pack-format';

/** Write buffer size: one system call per 784-byte image would cost more than the image. */
const CHUNK_BYTES = 1 << 20;

export class PackWriter {
  readonly #file: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #contents: PackContents;
  readonly #hash = createHash('sha256');
  readonly #chunk: Buffer;
  #filled = 0;
  #position = RECORDS_START;
  #count = 0;
  #labels = new Int32Array(1024);
  #entries: string[] = [];
  #skipped = 0;

  private constructor(file: string, temporary: string, handle: FileHandle, contents: PackContents) {
    this.#file = file;
    this.#temporary = temporary;
    this.#handle = handle;
    this.#contents = contents;
    this.#chunk = Buffer.alloc(Math.max(CHUNK_BYTES, recordBytes(contents)));
  }

  /** Creates the folder of `file` if needed. Throws the system error. */
  static async create(file: string, contents: PackContents): Promise<PackWriter> {
    const folder = dirname(file);
    await makeFolders(folder);
    await removeAbandoned(folder);
    const temporary = `${file}.${randomUUID()}.tmp`;
    return new PackWriter(file, temporary, await open(temporary, 'wx'), contents);
  }

  get count(): number {
    return this.#count;
  }

  /** Returns the slot of the record. */
  async append(record: Uint8Array, label = 0): Promise<number> {
    const expected = recordBytes(this.#contents);
    if (record.length !== expected)
      throw new RangeError(`a record has ${record.length} bytes, not ${expected}`);
    if (this.#filled + record.length > this.#chunk.length) await this.#flush();
    this.#chunk.set(record, this.#filled);
    this.#filled += record.length;
    if (this.#count === this.#labels.length) {
      const larger = new Int32Array(2 * this.#labels.length);
      larger.set(this.#labels);
      this.#labels = larger;
    }
    this.#labels[this.#count] = label;
    return this.#count++;
  }

  /** Records the outcome of a source; all entries are kept in memory until the end. */
  note(entry: PackEntry): void {
    if (entry.reason !== undefined) this.#skipped++;
    this.#entries.push(JSON.stringify(entry));
  }

  /** Flushes the file and renames it to its final name. */
  async finish(): Promise<void> {
    await this.#flush();
    const contents = this.#contents;
    const labelsStart = this.#position;
    if (contents.classes > 0) {
      const labels = new Uint8Array(this.#labels.buffer, 0, 4 * this.#count);
      this.#hash.update(labels);
      await this.#write(labels);
    }
    const entriesStart = this.#position;
    for (let i = 0; i < this.#entries.length; i += 4096)
      await this.#write(Buffer.from(`${this.#entries.slice(i, i + 4096).join('\n')}\n`));
    const description: PackDescription = {
      schemaVersion: PACK_SCHEMA_VERSION,
      count: this.#count,
      target: mutable(contents.target),
      ...(contents.input === undefined ? {} : { input: mutable(contents.input) }),
      classes: contents.classes,
      ...(contents.classNames === undefined ? {} : { classNames: [...contents.classNames] }),
      labelsStart,
      entriesStart,
      entriesBytes: this.#position - entriesStart,
      skipped: this.#skipped,
      fingerprint: this.#hash.digest('hex'),
    };
    const text = Buffer.from(JSON.stringify(description));
    const head = Buffer.alloc(HEAD_BYTES);
    PACK_MAGIC.copy(head);
    head.writeBigUInt64LE(BigInt(this.#position), 8);
    head.writeBigUInt64LE(BigInt(text.length), 16);
    head.writeUInt32LE(crc32(text), 24);
    await this.#write(text);
    // The head must not reach the disk before the rest.
    await this.#handle.sync();
    await writeAll(this.#handle, head, 0);
    await this.#handle.sync();
    await this.#handle.close();
    await rename(this.#temporary, this.#file);
  }

  /** Removes the temporary file. */
  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(this.#temporary, { force: true });
  }

  async #flush(): Promise<void> {
    const chunk = this.#chunk.subarray(0, this.#filled);
    this.#hash.update(chunk);
    await this.#write(chunk);
    this.#filled = 0;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await writeAll(this.#handle, bytes, this.#position);
    this.#position += bytes.length;
  }
}

type StoredShape = PackDescription['target'];

function mutable({ labelMap, ...shape }: PackContents['target']): StoredShape {
  return labelMap === undefined
    ? shape
    : {
        ...shape,
        labelMap: {
          names: [...labelMap.names],
          colours: labelMap.colours.map(([red, green, blue]) => [red, green, blue]),
        },
      };
}
