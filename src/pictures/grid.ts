/** A grid of generated images as one PNG, enlarged so that 28×28 pixels can be looked at. */
import { encode } from 'fast-png';
import type { HostTensor } from '../shared/host-tensor';

/** Width that a grid is enlarged towards, in whole multiples of its pixels. */
const TARGET_WIDTH = 960;
const GUTTER = 1;
/** Neutral gray, so that neither black nor white images run into each other. */
const GUTTER_LEVEL = 96;

export interface GridOptions {
  /** The nearest to a square if not given. */
  readonly columns?: number;
}

/** `[count, height, width, channels]` in [-1, 1], row by row; one channel is gray and three are RGB. */
export function gridPng(images: HostTensor, options: GridOptions = {}): Uint8Array {
  const [count = 0, height = 0, width = 0, channels = 0] = images.shape;
  if (images.shape.length !== 4 || count === 0 || (channels !== 1 && channels !== 3))
    throw new RangeError(`a grid needs [count, height, width, 1 or 3], found [${images.shape.join(', ')}]`);
  const columns = Math.min(count, options.columns ?? Math.ceil(Math.sqrt(count)));
  const rows = Math.ceil(count / columns);
  const scale = Math.max(1, Math.floor(TARGET_WIDTH / (columns * (width + GUTTER))));
  const cellWidth = width * scale + GUTTER * scale;
  const cellHeight = height * scale + GUTTER * scale;
  const margin = GUTTER * scale;
  const picture = {
    width: columns * cellWidth + margin,
    height: rows * cellHeight + margin,
  };
  const data = new Uint8Array(picture.width * picture.height * channels).fill(GUTTER_LEVEL);
  for (let index = 0; index < count; index++) {
    const left = margin + (index % columns) * cellWidth;
    const top = margin + Math.floor(index / columns) * cellHeight;
    for (let y = 0; y < height * scale; y++)
      for (let x = 0; x < width * scale; x++) {
        const from = ((index * height + Math.floor(y / scale)) * width + Math.floor(x / scale)) * channels;
        const to = ((top + y) * picture.width + left + x) * channels;
        for (let c = 0; c < channels; c++) data[to + c] = toByte(images.data[from + c] ?? 0);
      }
  }
  return encode({ ...picture, data, channels });
}

/** [-1, 1] to 0 … 255. */
function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round((value + 1) * 127.5)));
}
