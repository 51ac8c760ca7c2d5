/** The layout of a sample's images in its PNG, enlarged so that 28×28 pixels are easy to see. */
import { drawnLabel, groupSize, imagePlace, type SampleGrid } from '../shared/sample-grid';

/** Target width of a grid, approached by an integer scale. */
const TARGET_WIDTH = 960;
/** The gap that separates groups has a minimum, for images at a scale of 1. */
const LEAST_GROUP_GAP = 12;
const LEAST_ROW_GAP = 6;
/** Height above the images, if columns have headings. */
const HEAD_HEIGHT = 26;
/**
 * Width to the left of the images, if rows have labels: the maximum, the width per glyph, and the padding of a label.
 */
const MAX_LABEL_WIDTH = 150;
const GLYPH_WIDTH = 8;
const LABEL_PADDING = 18;

export type GridContent = Pick<SampleGrid, 'image' | 'count' | 'columns' | 'roles' | 'rowLabels'>;

export function gridLayout(content: GridContent): SampleGrid {
  const { image, columns, roles, rowLabels } = content;
  const scale = Math.max(1, Math.floor(TARGET_WIDTH / (columns * (image.width + 1))));
  const gutter = scale;
  const isGrouped = groupSize(content) > 1;
  const longest = Math.max(0, ...rowLabels.map((label, row) => drawnLabel(label, row).length));
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

/** Size of the whole PNG. */
export function gridSize(grid: SampleGrid): { readonly width: number; readonly height: number } {
  const last = imagePlace(grid, grid.columns - 1);
  const lowest = imagePlace(grid, grid.count - 1);
  return { width: last.x + last.width + grid.gutter, height: lowest.y + lowest.height + grid.gutter };
}
