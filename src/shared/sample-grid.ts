/**
 * How the images of a sample stand in their PNG, and what its columns and rows are: written into the text of the PNG
 * itself, so that whoever shows it can cut it up and label it in any language. PNGs of older versions say nothing.
 */

/** What an image is to the generator; `cycled` is its output translated back. */
export const IMAGE_ROLES = ['input', 'output', 'target', 'cycled'] as const;
export type ImageRole = (typeof IMAGE_ROLES)[number];

/** Lengths are in pixels of the PNG, where it does not say otherwise. */
export interface SampleGrid {
  /** Of each image, in its own pixels. */
  readonly image: { readonly width: number; readonly height: number };
  /** Pixels of the PNG along each pixel of an image. */
  readonly scale: number;
  readonly count: number;
  readonly columns: number;
  /** Of the first image. Beyond are heads and labels. */
  readonly left: number;
  readonly top: number;
  /** Between the columns of a group, between groups, and between rows. */
  readonly gutter: number;
  readonly groupGap: number;
  readonly rowGap: number;
  /** Of the images of a group, which stand side by side; empty where each image stands for itself. */
  readonly roles: readonly ImageRole[];
  /** Of each row; empty where rows mean nothing. */
  readonly rowLabels: readonly string[];
}

export interface ImagePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where an image stands in the PNG; they are counted row by row. */
export function imagePlace(grid: SampleGrid, index: number): ImagePlace {
  const { columns, scale, left, top, gutter, groupGap, rowGap } = grid;
  const [width, height] = [grid.image.width * scale, grid.image.height * scale];
  const column = index % columns;
  const row = Math.floor(index / columns);
  const groupsBefore = Math.floor(column / groupSize(grid));
  return {
    x: left + column * (width + gutter) + groupsBefore * (groupGap - gutter),
    y: top + row * (height + rowGap),
    width,
    height,
  };
}

/** Whether what a picture says of itself can be: files of runs may come from anywhere. */
export function isGridInside(
  grid: SampleGrid,
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  const right = imagePlace(grid, Math.min(grid.count, grid.columns) - 1);
  const lowest = imagePlace(grid, grid.count - 1);
  return right.x + right.width <= width && lowest.y + lowest.height <= height;
}

/** Images in a group. */
export function groupSize({ roles }: Pick<SampleGrid, 'roles'>): number {
  return Math.max(1, roles.length);
}
