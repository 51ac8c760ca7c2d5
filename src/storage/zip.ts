/** Zip archives whose members are stored as they are; equal members make equal files. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** The first date that a zip archive can hold. */
export const EARLIEST = new Date(1980, 0, 1);

export async function writeZip(path: string, members: Readonly<Record<string, Buffer>>): Promise<void> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(members))
    zip.addBuffer(bytes, name, { compress: false, mtime: EARLIEST });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
