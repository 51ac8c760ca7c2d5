/** Draws a sample grid onto a canvas: crisp images cut from its PNG, with localised headers and labels. */
import { groupSize, type ImageRole, imagePlace, type SampleGrid } from '../../../src/shared/sample-grid';
import { context2d, fitCanvas } from '../../shared/canvas';
import { t } from '../../shared/texts';
import { themeColour, themeFont } from '../../shared/theme';
import { type Arrangement, arrange, screenPlace } from './arrange';
import type { Room } from './viewer';

const FONT_PX = 11;
const LEAST_SQUEEZE = 0.75;
const HEAD_HEIGHT_PX = 20;
const LABEL_GAP_PX = 8;
/** Labels give way to the images. */
const MAX_LABEL_SHARE = 0.3;
/** Visible against black, white and every background. */
const FRAME = 'rgb(127 127 127 / 0.5)';

export function roleTitle(role: ImageRole): string {
  switch (role) {
    case 'input':
      return t('Input');
    case 'output':
      return t('Output');
    case 'target':
      return t('Target');
    case 'cycled':
      return t('Reconstructed');
  }
}

export function drawGrid(
  canvas: HTMLCanvasElement,
  picture: ImageBitmap,
  grid: SampleGrid,
  room: Room,
): void {
  const density = devicePixelRatio;
  const context = context2d(canvas);
  context.font = themeFont(FONT_PX * density);
  const widest = (texts: readonly string[]): number =>
    Math.ceil(Math.max(0, ...texts.map((text) => context.measureText(text).width)));
  const heads = grid.roles.map(roleTitle);
  const width = Math.floor(room.width * density);
  const labels = Math.min(widest(grid.rowLabels), Math.floor(MAX_LABEL_SHARE * width));
  const arrangement = arrange(grid, {
    width,
    height: Math.floor(room.height * density),
    density,
    headHeight: heads.length === 0 ? 0 : Math.round(HEAD_HEIGHT_PX * density),
    headWidth: heads.length === 0 ? 0 : widest(heads) + 4 * density,
    labelWidth: labels === 0 ? 0 : labels + Math.round(LABEL_GAP_PX * density),
  });
  fitCanvas(canvas, arrangement);
  drawImages(context, picture, grid, arrangement);
  context.font = themeFont(FONT_PX * density);
  context.fillStyle = themeColour('--vscode-foreground');
  context.textBaseline = 'middle';
  drawHeads(context, heads, grid, arrangement);
  drawLabels(context, grid, arrangement, labels);
}

function drawImages(
  context: CanvasRenderingContext2D,
  picture: ImageBitmap,
  grid: SampleGrid,
  arrangement: Arrangement,
): void {
  const { image, factor } = arrangement;
  const inGroup = groupSize(grid);
  const draw = imageDrawer(context, picture, factor);
  context.strokeStyle = FRAME;
  context.lineWidth = 1;
  for (let index = 0; index < grid.count; index++) {
    const { x, y } = screenPlace(arrangement, index, inGroup);
    draw(imagePlace(grid, index), { x, y, ...image });
    context.strokeRect(x - 0.5, y - 0.5, image.width + 1, image.height + 1);
  }
}

type Box = ReturnType<typeof imagePlace>;

/**
 * An integer factor repeats pixels. A fractional factor first enlarges to the next integer and then shrinks, since
 * otherwise some pixels would be wider than others. Below 1, images are smoothed.
 */
function imageDrawer(
  context: CanvasRenderingContext2D,
  picture: ImageBitmap,
  factor: number,
): (from: Box, to: Box) => void {
  const isWhole = Number.isInteger(factor);
  context.imageSmoothingEnabled = !isWhole;
  context.imageSmoothingQuality = 'high';
  if (isWhole || factor < 1)
    return (from, to) =>
      context.drawImage(picture, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
  const large = context2d(document.createElement('canvas'));
  const growth = Math.ceil(factor) / factor;
  return (from, to) => {
    large.canvas.width = Math.round(to.width * growth);
    large.canvas.height = Math.round(to.height * growth);
    large.imageSmoothingEnabled = false;
    const { width, height } = large.canvas;
    large.drawImage(picture, from.x, from.y, from.width, from.height, 0, 0, width, height);
    context.drawImage(large.canvas, to.x, to.y, to.width, to.height);
  };
}

function drawHeads(
  context: CanvasRenderingContext2D,
  heads: readonly string[],
  grid: SampleGrid,
  arrangement: Arrangement,
): void {
  context.textAlign = 'center';
  const { columns, image, top, pitch } = arrangement;
  // Squeezed further, they would be illegible.
  if (Math.max(0, ...heads.map((head) => context.measureText(head).width)) * LEAST_SQUEEZE > pitch.x) return;
  for (let column = 0; heads.length > 0 && column < Math.min(columns, grid.count); column++) {
    const { x } = screenPlace(arrangement, column, groupSize(grid));
    context.fillText(heads[column % heads.length] ?? '', x + image.width / 2, top / 2, pitch.x);
  }
}

function drawLabels(
  context: CanvasRenderingContext2D,
  grid: SampleGrid,
  arrangement: Arrangement,
  width: number,
): void {
  const { pitch, image, top } = arrangement;
  // Rows lower than the font cannot be labelled.
  if (pitch.y < FONT_PX * devicePixelRatio) return;
  context.textAlign = 'right';
  grid.rowLabels.forEach((label, row) => {
    context.fillText(shortened(context, label, width), width, top + row * pitch.y + image.height / 2);
  });
}

function shortened(context: CanvasRenderingContext2D, text: string, width: number): string {
  let shown = text;
  while (shown.length > 1 && context.measureText(shown).width > width)
    shown = `${shown.replace(/…$/, '').slice(0, -1)}…`;
  return shown;
}
