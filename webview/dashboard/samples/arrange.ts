/**
 * How the images of a sample are laid out in the room that there is: as large as they can be, each pixel of them a whole number of
 * pixels of the screen wide. Where rows mean nothing, images (or groups of them) go into as many columns as make them
 * largest. All lengths are in pixels of the screen.
 */
import { groupSize, type SampleGrid } from '../../../src/shared/sample-grid';

export interface AvailableSpace {
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen for each of CSS. */
  readonly density: number;
  /** Of the line above the images, and of the widest head; 0 where there are none. */
  readonly headHeight: number;
  readonly headWidth: number;
  /** Left of the images, with what is between. */
  readonly labelWidth: number;
}

export interface Arrangement {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the screen along each pixel of an image. */
  readonly factor: number;
  readonly image: { readonly width: number; readonly height: number };
  readonly left: number;
  readonly top: number;
  /** From one image to the next, in a row and below each other; groups are `groupGap` further apart. */
  readonly pitch: { readonly x: number; readonly y: number };
  readonly groupGap: number;
  readonly width: number;
  readonly height: number;
}

/** So that a grid of a few images does not become a poster. CSS pixels along each pixel of an image. */
const LARGEST_FACTOR = 16;
/** CSS pixels between images, and more between groups. */
const LEAST_GAP = 2;
const GROUP_GAP = 14;
const LEAST_GROUP_ROW_GAP = 4;
/** What is left of the width goes between the images, or rather the groups, as far as they still look like a grid. */
const MAX_GAP_SHARE = { alone: 0.2, inGroup: 0.06, groups: 0.7 };
/** A whole factor that makes images much smaller than they could be is not worth it. */
const LEAST_WHOLE_SHARE = 0.75;
/** What is left of the worth of an arrangement. */
const UNEVEN = 0.85;
const WITHOUT_HEADS = 0.6;
/** Columns that are tried, from those of the picture. */
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

/** The columns of the picture first, which are taken where others are not better. */
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

/** Size, less where heads do not fit, pixels are not equally sharp, or the last row is not whole. */
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

/** Of the top left corner of an image on the screen. */
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
