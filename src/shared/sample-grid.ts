/**
 * The layout of a sample's images in their PNG, and the meaning of its columns and rows: stored as text inside the PNG,
 * so that a viewer can split and label it in any language. PNGs of older versions have none.
 */

/** The role of an image for the generator; `cycled` is its output translated back. */
export const IMAGE_ROLES = ['input', 'output', 'target', 'cycled'] as const;
export type ImageRole = (typeof IMAGE_ROLES)[number];

/** Lengths are in pixels of the PNG unless noted otherwise. */
export interface SampleGrid {
  /** Size of each image, in the image's own pixels. */
  readonly image: { readonly width: number; readonly height: number };
  /** PNG pixels per image pixel, along each axis. */
  readonly scale: number;
  readonly count: number;
  readonly columns: number;
  /** Offset of the first image. The margin holds headings and labels. */
  readonly left: number;
  readonly top: number;
  /** Spacing between the columns of a group, between groups, and between rows. */
  readonly gutter: number;
  readonly groupGap: number;
  readonly rowGap: number;
  /** Roles of the images in a group, left to right; empty if images are not grouped. */
  readonly roles: readonly ImageRole[];
  /** One label per row; empty if rows have no meaning. */
  readonly rowLabels: readonly string[];
}

export interface ImagePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Position of an image in the PNG; images are indexed row by row. */
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

/** Whether the layout stored in a PNG fits its size: run files are untrusted input. */
export function isGridInside(
  grid: SampleGrid,
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  const right = imagePlace(grid, Math.min(grid.count, grid.columns) - 1);
  const lowest = imagePlace(grid, grid.count - 1);
  return right.x + right.width <= width && lowest.y + lowest.height <= height;
}

/** Number of images in a group. */
export function groupSize({ roles }: Pick<SampleGrid, 'roles'>): number {
  return Math.max(1, roles.length);
}

/** Characters in the font that ships with the product: Latin, Greek and Cyrillic. */
const DRAWABLE = /^[ -~\u00a0-\u024f\u0370-\u052f]*$/;

/** The label that the PNG shows for a row: a class whose name its font cannot draw is numbered. */
export function drawnLabel(label: string, row: number): string {
  return DRAWABLE.test(label) ? label : `class ${row}`;
}

/** The names of the classes that the PNG shows by number only, as `class 0: 猫`. */
export function numberedClasses(rowLabels: readonly string[]): readonly string[] {
  return rowLabels.flatMap((label, row) => {
    const drawn = drawnLabel(label, row);
    return drawn === label ? [] : [`${drawn}: ${label}`];
  });
}
