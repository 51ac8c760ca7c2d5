/**
 * Thumbnails of samples for lists of runs: the first images of the grid at their original size, or reduced by an
 * integer factor; a PNG without a layout, such as points, is reduced as a whole. The white behind points becomes
 * transparent, so that they are visible on a page of any colour.
 */
import { decode, encode } from 'fast-png';
import { groupSize, imagePlace, isGridInside, type SampleGrid } from '../shared/sample-grid';
import { GRID_KEYWORD, parseGrid } from './grid-description';

const MAX_WIDTH = 168;
const MAX_HEIGHT = 132;
/** Spacing between images, and between groups. */
const GAP = 1;
const GROUP_GAP = 4;
const GAP_LEVEL = 128;
/** Real points are nearly black, and would be invisible on a dark page. */
const DARK = 128;
const ON_ANY_PAGE = [64, 140, 220];
/** Decoding a larger PNG would block a list for too long. */
const MAX_PIXELS = 2 ** 24;
/** Offset of width and height in a PNG. */
const SIZE_BYTES = 16;

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Thumbnail extends Size {
  readonly channels: number;
  readonly data: Uint8Array;
}

interface Picture extends Size {
  readonly channels: number;
  readonly data: ArrayLike<number>;
}

/** A region to reduce: source pixels per thumbnail pixel, along each axis, and its source and target positions. */
interface Reduction {
  readonly factor: number;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly size: Size;
}

/**
 * @param isPlane whether the PNG shows points on a square plane, with the legend below it
 * @returns PNG; undefined if the image is too large to decode for this. Throws if it is not a valid PNG.
 */
export function thumbnailPng(png: Buffer, isPlane: boolean): Uint8Array | undefined {
  if (png.readUInt32BE(SIZE_BYTES) * png.readUInt32BE(SIZE_BYTES + 4) > MAX_PIXELS) return undefined;
  const picture = decode(png);
  if (picture.depth !== 8 || picture.palette !== undefined) return undefined;
  const grid = parseGrid(picture.text[GRID_KEYWORD]);
  if (grid !== undefined && isGridInside(grid, picture)) return ofGrid(grid, picture);
  const shown = {
    width: picture.width,
    height: isPlane ? Math.min(picture.height, picture.width) : picture.height,
  };
  const factor = Math.ceil(Math.max(shown.width / MAX_WIDTH, shown.height / MAX_HEIGHT));
  const size = { width: Math.floor(shown.width / factor), height: Math.floor(shown.height / factor) };
  if (isPlane) return encode(pointsOf(picture, size, factor));
  return encode(drawn(picture, size, [{ factor, from: { x: 0, y: 0 }, to: { x: 0, y: 0 }, size }]));
}

/**
 * Leaves room for at least two rows and two columns (or one whole group), so that a thumbnail shows how samples differ.
 */
function ofGrid(grid: SampleGrid, picture: Picture): Uint8Array {
  const { image, scale, count } = grid;
  const inGroup = groupSize(grid);
  const reduction = Math.ceil(
    Math.max((Math.max(2, inGroup) * image.width) / MAX_WIDTH, (2 * image.height) / MAX_HEIGHT),
  );
  const size = {
    width: Math.max(1, Math.floor(image.width / reduction)),
    height: Math.max(1, Math.floor(image.height / reduction)),
  };
  const groupWidth = inGroup * (size.width + GAP) - GAP;
  const between = inGroup > 1 ? GROUP_GAP : GAP;
  const groups = Math.min(
    Math.max(1, Math.floor((MAX_WIDTH + between) / (groupWidth + between))),
    Math.floor(Math.min(count, grid.columns) / inGroup),
  );
  const columns = Math.max(1, groups) * inGroup;
  const rows = Math.min(
    Math.max(1, Math.floor((MAX_HEIGHT + GAP) / (size.height + GAP))),
    Math.ceil(count / grid.columns),
  );
  const parts: Reduction[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < Math.min(columns, count - row * grid.columns); column++) {
      const from = imagePlace(grid, row * grid.columns + column);
      const x = column * (size.width + GAP) + Math.floor(column / inGroup) * (between - GAP);
      parts.push({ factor: reduction * scale, from, to: { x, y: row * (size.height + GAP) }, size });
    }
  const whole = {
    width: Math.max(...parts.map(({ to }) => to.x + size.width)),
    height: rows * (size.height + GAP) - GAP,
  };
  return encode(drawn(picture, whole, parts));
}

function drawn(picture: Picture, size: Size, parts: readonly Reduction[]): Thumbnail {
  const channels = picture.channels < 3 ? 1 : 3;
  const data = new Uint8Array(size.width * size.height * channels).fill(GAP_LEVEL);
  for (const part of parts)
    for (let y = 0; y < part.size.height; y++)
      for (let x = 0; x < part.size.width; x++)
        for (let c = 0; c < channels; c++)
          data[((part.to.y + y) * size.width + part.to.x + x) * channels + c] = mean(picture, part, x, y, c);
  return { ...size, data, channels };
}

/**
 * Keeps the source pixel furthest from white for each output pixel, since averaging would fade points. The result is
 * the least opaque colour that looks the same over white.
 */
function pointsOf(picture: Picture, size: Size, factor: number): Thumbnail {
  const clear = new Uint8Array(size.width * size.height * 4);
  for (let index = 0; index < size.width * size.height; index++) {
    const [left, top] = [factor * (index % size.width), factor * Math.floor(index / size.width)];
    const rgb = furthestFromWhite(picture, left, top, factor);
    const opacity = 1 - Math.min(...rgb) / 255;
    const colour = rgb.map((value) => (opacity === 0 ? 0 : Math.round(255 - (255 - value) / opacity)));
    const shown = Math.max(...colour) < DARK ? ON_ANY_PAGE : colour;
    clear.set([...shown, Math.round(255 * opacity)], index * 4);
  }
  return { ...size, channels: 4, data: clear };
}

function furthestFromWhite(
  { data, width, channels }: Picture,
  left: number,
  top: number,
  factor: number,
): readonly number[] {
  let [found, least]: [readonly number[], number] = [[255, 255, 255], 256];
  for (let y = top; y < top + factor; y++)
    for (let x = left; x < left + factor; x++) {
      const rgb = [0, 1, 2].map((c) => data[(y * width + x) * channels + Math.min(c, channels - 1)] ?? 0);
      const low = Math.min(...rgb);
      if (low < least) [found, least] = [rgb, low];
    }
  return found;
}

/** Mean of the source pixels reduced to one. */
function mean(
  { data, width, channels }: Picture,
  { factor, from }: Reduction,
  x: number,
  y: number,
  channel: number,
): number {
  let sum = 0;
  for (let row = 0; row < factor; row++) {
    const start = (from.y + y * factor + row) * width + from.x + x * factor;
    for (let column = 0; column < factor; column++) sum += data[(start + column) * channels + channel] ?? 0;
  }
  return Math.round(sum / (factor * factor));
}
