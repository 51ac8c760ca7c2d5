/** Generated images as the bytes that picture files hold. */
import type { ExampleShape, ImageShape, LabelMap } from '../shared/example-shape';
import { float32, type HostTensor } from '../shared/host-tensor';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 (grey), 3 (RGB) or 4 (RGBA). */
  readonly channels: number;
  /** `[count, height, width, channels]` */
  readonly data: Uint8Array;
}

/** Converts [-1, 1] to 0 … 255. */
export function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round((value + 1) * 127.5)));
}

/** @param images `[count, ...shape]` in [-1, 1]; label maps get the colours of their classes */
export function pixelsOf(images: HostTensor, { width, height, channels, labelMap }: ImageShape): Pixels {
  const shown = labelMap === undefined ? images : coloured(images, labelMap);
  return {
    width,
    height,
    channels: labelMap === undefined ? channels : 3,
    data: Uint8Array.from(shown.data, toByte),
  };
}

/** The label map that the examples are, if they are one. */
export function labelMapOf(example: ExampleShape): LabelMap | undefined {
  return example.kind === 'image' ? example.labelMap : undefined;
}

/** Each pixel in the display colour of its most likely class: `[count, height, width, 3]` in [-1, 1]. */
export function coloured(images: HostTensor, { colours }: LabelMap): HostTensor {
  const [count = 0, height = 0, width = 0, classes = 0] = images.shape;
  const values = new Float32Array(count * height * width * 3);
  for (let pixel = 0; pixel < count * height * width; pixel++) {
    const colour = colours[classAt(images.data, pixel, classes)] ?? [0, 0, 0];
    colour.forEach((level, c) => {
      values[pixel * 3 + c] = level / 127.5 - 1;
    });
  }
  return float32([count, height, width, 3], values);
}

/** The most likely class of a pixel of a label map; of equal ones the first. */
export function classAt(values: ArrayLike<number>, pixel: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++)
    if ((values[pixel * classes + c] ?? 0) > (values[pixel * classes + best] ?? 0)) best = c;
  return best;
}
