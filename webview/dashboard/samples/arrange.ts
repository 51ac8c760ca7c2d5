/**
 * Layout of a sample's images in the available room: as large as possible, preferably with each image pixel a whole
 * number of screen pixels wide. If rows have no meaning, images (or groups of them) are arranged in the number of
 * columns that makes them largest. All lengths are in screen pixels.
 */
import { groupSize, type SampleGrid } from '../../../src/shared/sample-grid';

export interface AvailableSpace {
  readonly width: number;
  readonly height: number;
  /** Screen pixels per CSS pixel. */
  readonly density: number;
  /** Height of the header line above the images, and width of the widest header; 0 without headers. */
  readonly headHeight: number;
  readonly headWidth: number;
  /** Width of the labels left of the images, including the gap. */
  readonly labelWidth: number;
}

export interface Arrangement {
  readonly columns: number;
  readonly rows: number;
  /** Screen pixels along each image pixel. */
  readonly factor: number;
  readonly image: { readonly width: number; readonly height: number };
  readonly left: number;
  readonly top: number;
  /** Distance from one image to the next, horizontally and vertically; groups are `groupGap` further apart. */
  readonly pitch: { readonly x: number; readonly y: number };
  readonly groupGap: number;
  readonly width: number;
  readonly height: number;
}

/** Upper limit on CSS pixels along each image pixel, so that a grid of a few images does not become a poster. */
const LARGEST_FACTOR = 16;
/** CSS pixels between images, and between groups. */
const LEAST_GAP = 2;
const GROUP_GAP = 14;
const LEAST_GROUP_ROW_GAP = 4;
/**
 * Maximum gaps as fractions of the image width: leftover width goes between images, preferably between groups, as long
 * as it still looks like a grid.
 */
const MAX_GAP_SHARE = { alone: 0.2, inGroup: 0.06, groups: 0.7 };
/** An integer factor is not used if it makes images smaller than this fraction of their possible size. */
const LEAST_WHOLE_SHARE = 0.75;
/** Penalty factors on the score of an arrangement. */
const UNEVEN = 0.85;
const WITHOUT_HEADS = 0.6;
/** Maximum number of columns to try, as a multiple of the picture's. */
const MAX_WIDENING = 2;

interface Fit {
  readonly columns: number;
  readonly rows: number;
  readonly factor: number;
  readonly fitsHeads: boolean;
}

export function arrange(grid: SampleGrid, room: AvailableSpace): Arrangement {
  const fits = columnChoices(grid).map((columns) => fitOf(grid, columns, room));
  const best = fits.reduce((one, other) => (worthOf(other, grid) > worthOf(one, grid) ? other : one));
  return spread(grid, best, room);
}

/** Closest to the picture's own columns first, which win ties. */
function columnChoices(grid: SampleGrid): number[] {
  const { columns, count, rowLabels } = grid;
  if (rowLabels.length > 0) return [columns];
  const inGroup = groupSize(grid);
  const groups = Math.ceil(count / inGroup);
  const most = Math.min(groups, Math.ceil((columns / inGroup) * MAX_WIDENING));
  const choices = Array.from({ length: most }, (_, i) => (i + 1) * inGroup);
  const distance = (choice: number): number => Math.abs(choice - columns);
  return choices.sort((a, b) => distance(a) - distance(b));
}

function fitOf(grid: SampleGrid, columns: number, room: AvailableSpace): Fit {
  const { image, count } = grid;
  const rows = Math.ceil(count / columns);
  const gap = LEAST_GAP * room.density;
  const groups = Math.ceil(columns / groupSize(grid));
  const width = room.width - room.labelWidth - gap * (columns + 1) - groupGapOf(grid, room) * (groups - 1);
  const height = room.height - room.headHeight - leastRowGap(grid, room) * (rows + 1);
  const real = Math.max(
    0.01,
    Math.min(width / columns / image.width, height / rows / image.height, LARGEST_FACTOR * room.density),
  );
  const whole = Math.floor(real);
  const factor = whole >= LEAST_WHOLE_SHARE * real ? whole : real;
  return { columns, rows, factor, fitsHeads: width / columns >= room.headWidth };
}

/**
 * Scores a fit by image size; less if headers do not fit, pixels are not equally sharp, or the last row is incomplete.
 */
function worthOf({ columns, factor, fitsHeads }: Fit, { count }: SampleGrid): number {
  const isCrisp = factor < 1 || Number.isInteger(factor);
  return (
    factor * (fitsHeads ? 1 : WITHOUT_HEADS) * (isCrisp ? 1 : UNEVEN) * (count % columns === 0 ? 1 : UNEVEN)
  );
}

function spread(
  grid: SampleGrid,
  { columns, rows, factor, fitsHeads }: Fit,
  room: AvailableSpace,
): Arrangement {
  const image = {
    width: Math.max(1, Math.round(grid.image.width * factor)),
    height: Math.max(1, Math.round(grid.image.height * factor)),
  };
  const groups = Math.ceil(columns / groupSize(grid));
  const leastGroupGap = groupGapOf(grid, room);
  const share = (free: number, parts: number, most: number): number =>
    Math.floor(Math.max(1, Math.min(free / parts, most * image.width)));
  const most = leastGroupGap === 0 ? MAX_GAP_SHARE.alone : MAX_GAP_SHARE.inGroup;
  const across = room.width - room.labelWidth - columns * image.width;
  const x = Math.max(
    share(across - leastGroupGap * (groups - 1), columns + 1, most),
    fitsHeads ? Math.ceil(room.headWidth - image.width) : 0,
  );
  const groupGap =
    leastGroupGap === 0
      ? 0
      : Math.max(
          leastGroupGap,
          share(across - x * (columns + 1), Math.max(1, groups - 1), MAX_GAP_SHARE.groups),
        );
  const free = share(room.height - room.headHeight - rows * image.height, rows + 1, MAX_GAP_SHARE.alone);
  const rowGap = Math.min(free, Math.max(x, leastRowGap(grid, room)));
  const pitch = { x: image.width + x, y: image.height + rowGap };
  return {
    columns,
    rows,
    factor,
    image,
    left: room.labelWidth + x,
    top: room.headHeight + rowGap,
    pitch,
    groupGap,
    width: room.labelWidth + groupGap * (groups - 1) + columns * pitch.x + x,
    height: room.headHeight + rows * pitch.y + rowGap,
  };
}

function leastRowGap(grid: SampleGrid, { density }: AvailableSpace): number {
  return Math.round((groupSize(grid) > 1 ? LEAST_GROUP_ROW_GAP : LEAST_GAP) * density);
}

function groupGapOf(grid: SampleGrid, { density }: AvailableSpace): number {
  return groupSize(grid) > 1 ? Math.round(GROUP_GAP * density) : 0;
}

/** Returns the top left corner of an image on the screen. */
export function screenPlace(
  { columns, left, top, pitch, groupGap }: Arrangement,
  index: number,
  inGroup: number,
): { readonly x: number; readonly y: number } {
  const column = index % columns;
  return {
    x: left + column * pitch.x + Math.floor(column / inGroup) * groupGap,
    y: top + Math.floor(index / columns) * pitch.y,
  };
}
