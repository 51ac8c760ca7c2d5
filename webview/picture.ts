/** Puts what is seen together as one picture, for a paper or a message. */
import { themeColour, themeFont } from './theme';

const MARGIN_PX = 16;
const LINE_PX = 18;
const TITLE_FONT_PX = 14;
const TEXT_FONT_PX = 12;
const SWATCH_PX = 18;

export interface PictureEntry {
  readonly text: string;
  /** A variable that holds a colour; none for a text alone. */
  readonly colour?: string;
  readonly dash?: readonly number[];
}

export interface PictureTile {
  readonly title: string;
  /** Under the title, a line for each. */
  readonly legend: readonly PictureEntry[];
  readonly picture: CanvasImageSource & { readonly width: number; readonly height: number };
}

/** As a PNG, the tiles in so many columns, in pixels of the screen. */
export async function composePicture(tiles: readonly PictureTile[], columns: number): Promise<Uint8Array> {
  const scale = devicePixelRatio;
  const width = Math.max(1, ...tiles.map(({ picture }) => picture.width));
  const headHeights = tiles.map(({ legend }) => scale * LINE_PX * (1 + legend.length + 0.5));
  const rows: { readonly tiles: readonly PictureTile[]; readonly head: number; readonly height: number }[] =
    [];
  for (let begin = 0; begin < tiles.length; begin += columns) {
    const row = tiles.slice(begin, begin + columns);
    const head = Math.max(...headHeights.slice(begin, begin + columns));
    rows.push({ tiles: row, head, height: head + Math.max(...row.map(({ picture }) => picture.height)) });
  }
  const margin = MARGIN_PX * scale;
  const shownColumns = Math.min(columns, Math.max(1, tiles.length));
  const canvas = new OffscreenCanvas(
    margin + shownColumns * (width + margin),
    margin + rows.reduce((sum, { height }) => sum + height + margin, 0),
  );
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no canvas.');
  context.fillStyle = themeColour('--vscode-editor-background');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  let top = margin;
  for (const { tiles: row, head, height } of rows) {
    row.forEach(({ title, legend, picture }, column) => {
      const left = margin + column * (width + margin);
      const middle = (line: number): number => top + scale * LINE_PX * (line + 0.5);
      context.fillStyle = themeColour('--vscode-foreground');
      context.font = `600 ${themeFont(TITLE_FONT_PX * scale)}`;
      context.fillText(title, left, middle(0), width);
      context.font = themeFont(TEXT_FONT_PX * scale);
      legend.forEach(({ text, colour, dash = [] }, line) => {
        const y = middle(line + 1);
        const indent = colour === undefined ? 0 : scale * (SWATCH_PX + 6);
        if (colour !== undefined) {
          context.strokeStyle = themeColour(colour);
          context.lineWidth = 2 * scale;
          context.setLineDash(dash.map((length) => length * scale));
          context.beginPath();
          context.moveTo(left, y);
          context.lineTo(left + SWATCH_PX * scale, y);
          context.stroke();
        }
        context.fillText(text, left + indent, y, width - indent);
      });
      context.drawImage(picture, left, top + head);
    });
    top += height + margin;
  }
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
