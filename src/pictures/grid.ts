/** Renders a grid of images as a PNG that contains its own layout. */
import { encode } from 'fast-png';
import type { HostTensor } from '../shared/host-tensor';
import { type ImageRole, imagePlace } from '../shared/sample-grid';
import { describeGrid, GRID_KEYWORD } from './grid-description';
import { labelBands } from './grid-labels';
import { gridLayout, gridSize } from './grid-layout';
import { toByte } from './pixels';

/** Neutral grey, which separates both black and white images. */
const GUTTER_LEVEL = 96;
const LABEL_COLOURS = { background: `rgb(${GUTTER_LEVEL},${GUTTER_LEVEL},${GUTTER_LEVEL})`, text: '#fff' };

export interface GridOptions {
  /** As close to square as possible by default. */
  readonly columns?: number;
  /** Roles of the images in a group, which are consecutive. */
  readonly roles?: readonly ImageRole[];
  /** One label per row. */
  readonly rowLabels?: readonly string[];
}

/** `[count, height, width, channels]` in [-1, 1], row by row; one channel is grey, three are RGB. */
export async function gridPng(images: HostTensor, options: GridOptions = {}): Promise<Uint8Array> {
  const [count = 0, height = 0, width = 0, channels = 0] = images.shape;
  if (images.shape.length !== 4 || count === 0 || (channels !== 1 && channels !== 3))
    throw new RangeError(`a grid needs [count, height, width, 1 or 3], found [${images.shape.join(', ')}]`);
  const grid = gridLayout({
    image: { width, height },
    count,
    columns: Math.min(count, options.columns ?? Math.ceil(Math.sqrt(count))),
    roles: options.roles ?? [],
    rowLabels: options.rowLabels ?? [],
  });
  const size = gridSize(grid);
  const data = new Uint8Array(size.width * size.height * channels).fill(GUTTER_LEVEL);
  for (const band of await labelBands(grid, size, LABEL_COLOURS))
    for (let y = 0; y < band.height; y++)
      for (let x = 0; x < band.width; x++) {
        const from = (y * band.width + x) * 3;
        const to = ((band.y + y) * size.width + band.x + x) * channels;
        for (let c = 0; c < channels; c++) data[to + c] = band.pixels[from + c] ?? GUTTER_LEVEL;
      }
  for (let index = 0; index < count; index++) {
    const place = imagePlace(grid, index);
    for (let y = 0; y < place.height; y++)
      for (let x = 0; x < place.width; x++) {
        const row = index * height + Math.floor(y / grid.scale);
        const from = (row * width + Math.floor(x / grid.scale)) * channels;
        const to = ((place.y + y) * size.width + place.x + x) * channels;
        for (let c = 0; c < channels; c++) data[to + c] = toByte(images.data[from + c] ?? 0);
      }
  }
  return encode({ ...size, data, channels, text: { [GRID_KEYWORD]: describeGrid(grid) } });
}
