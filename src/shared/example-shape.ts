/** The shape of what is generated: known before any data is opened, by config, networks, scores and pages alike. */

export interface ImageShape {
  readonly kind: 'image';
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Given where the image is a label map: each channel is a class of its pixels, 1 where it applies and -1 elsewhere. */
  readonly labelMap?: LabelMap;
}

/** Names and display colours (red, green, blue of 0 … 255) of the classes of a label map, one for each channel. */
export interface LabelMap {
  readonly names: readonly string[];
  readonly colours: readonly (readonly [number, number, number])[];
}

/** Shape of one example: an image `[height, width, channels]` or a point `[dimensions]`. */
export type ExampleShape = ImageShape | { readonly kind: 'points'; readonly dimensions: number };

/** The shapes that a data source declares before it is opened, as far as its options determine them. */
export interface DataShape {
  readonly example: ExampleShape;
  /** Number of classes, 0 where there are no labels; undefined where only opening the data determines it. */
  readonly classes?: number;
  /** The shape of the input images of paired or unpaired data. */
  readonly input?: { readonly shape: ImageShape; readonly paired: boolean };
}

/** The shape as a tensor's, without the batch: `[height, width, channels]` or `[dimensions]`. */
export function exampleExtents(shape: ExampleShape): readonly number[] {
  return shape.kind === 'image' ? [shape.height, shape.width, shape.channels] : [shape.dimensions];
}
