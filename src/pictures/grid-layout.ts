/** Where the images of a sample stand in its PNG, enlarged so that 28×28 pixels can be looked at. */
import { groupSize, imagePlace, type SampleGrid } from '../shared/sample-grid';

/** Width that a grid is enlarged towards, in whole multiples of its pixels. */
const TARGET_WIDTH = 960;
/** Groups are told apart by what is between them, also where each pixel is but one of the PNG. */
const LEAST_GROUP_GAP = 12;
const LEAST_ROW_GAP = 6;
/** Above the images, where columns have heads. */
const HEAD_HEIGHT = 26;
/** Left of the images, where rows have labels: at most, and a glyph of them with what is around a label. */
const MAX_LABEL_WIDTH = 150;
const GLYPH_WIDTH = 8;
const LABEL_PADDING = 18;

export type GridContent = Pick<SampleGrid, 'image' | 'count' | 'columns' | 'roles' | 'rowLabels'>;

export function gridLayout(content: GridContent): SampleGrid {
  const { image, columns, roles, rowLabels } = content;
  const scale = Math.max(1, Math.floor(TARGET_WIDTH / (columns * (image.width + 1))));
  const gutter = scale;
  const isGrouped = groupSize(content) > 1;
  const longest = Math.max(0, ...rowLabels.map((label) => label.length));
  const labelWidth = longest === 0 ? 0 : Math.min(MAX_LABEL_WIDTH, longest * GLYPH_WIDTH + LABEL_PADDING);
  return {
    ...content,
    scale,
    left: Math.max(labelWidth, gutter),
    top: roles.length === 0 ? gutter : Math.max(HEAD_HEIGHT, gutter),
    gutter,
    groupGap: isGrouped ? Math.max(LEAST_GROUP_GAP, 4 * gutter) : gutter,
    rowGap: isGrouped ? Math.max(LEAST_ROW_GAP, 2 * gutter) : gutter,
  };
}

/** Of the whole PNG. */
export function gridSize(grid: SampleGrid): { readonly width: number; readonly height: number } {
  const last = imagePlace(grid, grid.columns - 1);
  const lowest = imagePlace(grid, grid.count - 1);
  return { width: last.x + last.width + grid.gutter, height: lowest.y + lowest.height + grid.gutter };
}
