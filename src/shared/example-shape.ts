/** The shape of generated examples, known before any data is opened; shared by config, networks, scores and pages. */

export interface ImageShape {
  readonly kind: 'image';
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Set if the image is a label map: each channel is a pixel class, 1 where it applies and -1 elsewhere. */
  readonly labelMap?: LabelMap;
}

/** Names and display colours (RGB, 0 … 255) of the classes of a label map, one per channel. */
export interface LabelMap {
  readonly names: readonly string[];
  readonly colours: readonly (readonly [number, number, number])[];
}

/** Shape of one example: an image `[height, width, channels]` or a point `[dimensions]`. */
export type ExampleShape = ImageShape | { readonly kind: 'points'; readonly dimensions: number };

/** The shapes that a data source declares before it is opened, as far as its options determine them. */
export interface DataShape {
  readonly example: ExampleShape;
  /** Number of classes, 0 for unlabelled data; undefined if it is known only once the data has been opened. */
  readonly classes?: number;
  /** The shape of the input images of paired or unpaired data. */
  readonly input?: { readonly shape: ImageShape; readonly paired: boolean };
}

/** The tensor shape without the batch: `[height, width, channels]` or `[dimensions]`. */
export function exampleExtents(shape: ExampleShape): readonly number[] {
  return shape.kind === 'image' ? [shape.height, shape.width, shape.channels] : [shape.dimensions];
}
