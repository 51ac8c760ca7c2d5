/** Column headings and row labels in the PNG of a sample, in English. */
import { drawnLabel, type ImageRole, imagePlace, type SampleGrid } from '../shared/sample-grid';
import { escapeXml, FONT_FAMILY, rasterPixels } from '../svg/svg';

const HEADS: Readonly<Record<ImageRole, string>> = {
  input: 'Input',
  output: 'Output',
  target: 'Target',
  cycled: 'Reconstructed',
};
const FONT_SIZE = 13;
/** Glyph width as a fraction of the font size. */
const GLYPH_SHARE = 0.62;
/** Minimum row height in pixels; labels of lower rows would overlap. */
const LOWEST_ROW = 10;
const PADDING = 8;

export interface LabelColours {
  readonly background: string;
  readonly text: string;
}

/** A rectangle of the PNG with its rendered labels. */
export interface LabelBand {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** RGB, row-major. */
  readonly pixels: Uint8Array;
}

/** Renders the headings above the images and the labels to their left, if any. */
export async function labelBands(
  grid: SampleGrid,
  size: { readonly width: number; readonly height: number },
  colours: LabelColours,
): Promise<readonly LabelBand[]> {
  const parts = [
    { x: 0, y: 0, width: size.width, height: grid.top, texts: columnHeads(grid) },
    { x: 0, y: grid.top, width: grid.left, height: size.height - grid.top, texts: rowLabels(grid) },
  ];
  const bands = parts
    .filter(({ texts }) => texts.length > 0)
    .map(async ({ texts, ...place }) => {
      const { x, y, width, height } = place;
      const svg = [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" font-family="${FONT_FAMILY}" fill="${colours.text}">`,
        `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colours.background}"/>`,
        ...texts,
        '</svg>',
      ].join('');
      return { ...place, pixels: await drawnOnce(svg, width) };
    });
  return await Promise.all(bands);
}

/** Cache: all samples of a run have the same labels, and rendering them takes longer than the images. */
const drawn = new Map<string, Promise<Uint8Array>>();
const MAX_DRAWN = 4;

function drawnOnce(svg: string, width: number): Promise<Uint8Array> {
  const known = drawn.get(svg) ?? rasterPixels(svg, width);
  drawn.set(svg, known);
  for (const oldest of drawn.keys()) {
    if (drawn.size <= MAX_DRAWN) break;
    drawn.delete(oldest);
  }
  return known;
}

function columnHeads(grid: SampleGrid): string[] {
  const { roles } = grid;
  if (roles.length === 0) return [];
  const heads = roles.map((role) => HEADS[role]);
  const pitch = imagePlace(grid, 0).width + grid.gutter;
  const size = fittingSize(pitch, Math.max(...heads.map(({ length }) => length)));
  return Array.from({ length: Math.min(grid.columns, grid.count) }, (_, column) => {
    const { x, y, width } = imagePlace(grid, column);
    return `<text x="${x + width / 2}" y="${y - PADDING}" font-size="${size}" text-anchor="middle">${heads[column % heads.length]}</text>`;
  });
}

function rowLabels(grid: SampleGrid): string[] {
  const { height } = imagePlace(grid, 0);
  if (height < LOWEST_ROW) return [];
  const size = Math.min(FONT_SIZE, Math.floor(height * 0.9));
  const most = Math.floor((grid.left - 2 * PADDING) / (size * GLYPH_SHARE));
  return grid.rowLabels.map((label, row) => {
    const { y } = imagePlace(grid, row * grid.columns);
    const text = drawnLabel(label, row);
    const shown = text.length > most ? `${text.slice(0, Math.max(1, most - 1))}…` : text;
    return `<text x="${grid.left - PADDING}" y="${y + height / 2}" dy="${size * 0.36}" font-size="${size}" text-anchor="end">${escapeXml(shown)}</text>`;
  });
}

function fittingSize(width: number, glyphs: number): number {
  return Math.max(6, Math.min(FONT_SIZE, Math.floor(width / (glyphs * GLYPH_SHARE))));
}
