/** Composes visible charts or samples into one image, for a paper or a message. */
import { themeColour, themeFont } from '../shared/theme';

const MARGIN_PX = 16;
const LINE_PX = 18;
const TITLE_FONT_PX = 14;
const TEXT_FONT_PX = 12;
const SWATCH_PX = 18;

export interface PictureEntry {
  readonly text: string;
  /** CSS variable of a colour; omitted for text only. */
  readonly colour?: string;
  readonly dash?: readonly number[];
}

export interface PictureTile {
  readonly title: string;
  /** Below the title, one line per entry. */
  readonly legend: readonly PictureEntry[];
  readonly picture: CanvasImageSource & { readonly width: number; readonly height: number };
}

/** Returns a PNG, composed row by row, in screen pixels. */
export async function composePicture(tileRows: readonly (readonly PictureTile[])[]): Promise<Uint8Array> {
  const scale = devicePixelRatio;
  const margin = MARGIN_PX * scale;
  const rows = tileRows.map((tiles) => {
    const head = Math.max(...tiles.map(({ legend }) => scale * LINE_PX * (1 + legend.length + 0.5)));
    const height = head + Math.max(...tiles.map(({ picture }) => picture.height));
    const width = margin + tiles.reduce((sum, { picture }) => sum + picture.width + margin, 0);
    return { tiles, head, height, width };
  });
  const canvas = new OffscreenCanvas(
    Math.max(margin, ...rows.map(({ width }) => width)),
    margin + rows.reduce((sum, { height }) => sum + height + margin, 0),
  );
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no canvas.');
  context.fillStyle = themeColour('--vscode-editor-background');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  let top = margin;
  for (const { tiles, head, height } of rows) {
    let left = margin;
    for (const { title, legend, picture } of tiles) {
      const { width } = picture;
      const from = left;
      const middle = (line: number): number => top + scale * LINE_PX * (line + 0.5);
      context.fillStyle = themeColour('--vscode-foreground');
      context.font = `600 ${themeFont(TITLE_FONT_PX * scale)}`;
      context.fillText(title, from, middle(0), width);
      context.font = themeFont(TEXT_FONT_PX * scale);
      legend.forEach(({ text, colour, dash = [] }, line) => {
        const y = middle(line + 1);
        const indent = colour === undefined ? 0 : scale * (SWATCH_PX + 6);
        if (colour !== undefined) {
          context.strokeStyle = themeColour(colour);
          context.lineWidth = 2 * scale;
          context.setLineDash(dash.map((length) => length * scale));
          context.beginPath();
          context.moveTo(from, y);
          context.lineTo(from + SWATCH_PX * scale, y);
          context.stroke();
        }
        context.fillText(text, from + indent, y, width - indent);
      });
      context.drawImage(picture, from, top + head);
      left += width + margin;
    }
    top += height + margin;
  }
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
