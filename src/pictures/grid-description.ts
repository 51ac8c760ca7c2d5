/** The layout of a sample grid, stored as text in its PNG: written, and read without decoding the image. */
import * as z from 'zod';
import { IMAGE_ROLES, type SampleGrid } from '../shared/sample-grid';

export const GRID_KEYWORD = 'gan-workbench-grid';

const length = z.int().min(0).max(1e6);
const size = z.int().min(1).max(1e6);

const schema: z.ZodType<SampleGrid> = z.object({
  image: z.object({ width: size, height: size }),
  scale: size,
  count: size,
  columns: size,
  left: length,
  top: length,
  gutter: length,
  groupGap: length,
  rowGap: length,
  roles: z.array(z.enum(IMAGE_ROLES)).max(IMAGE_ROLES.length),
  rowLabels: z.array(z.string().max(1000)).max(1e5),
});

/** Text chunks of a PNG are Latin-1, whereas labels may use any script. */
export function describeGrid(grid: SampleGrid): string {
  return JSON.stringify(grid).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Undefined if the text is not a valid layout, as in a PNG from another source. */
export function parseGrid(text: string | undefined): SampleGrid | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const SIGNATURE_BYTES = 8;
/** A chunk has its length and type before the data, and a checksum after it. */
const CHUNK_HEAD_BYTES = 8;
const CHUNK_BYTES = 12;

/** The layout stored in a PNG; undefined if there is none. */
export function gridIn(png: Buffer): SampleGrid | undefined {
  for (let at = SIGNATURE_BYTES; at + CHUNK_BYTES <= png.length; ) {
    const bytes = png.readUInt32BE(at);
    const data = at + CHUNK_HEAD_BYTES;
    if (png.toString('latin1', at + 4, data) === 'tEXt') {
      const [keyword, text] = png.toString('latin1', data, data + bytes).split('\0', 2);
      if (keyword === GRID_KEYWORD) return parseGrid(text);
    }
    at += CHUNK_BYTES + bytes;
  }
  return undefined;
}
