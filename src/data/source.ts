/** What a data source is, and what it opens to. A new kind of source is one file here and a line in the registry. */
import type { z } from 'zod';

/** Shape of one example: an image `[height, width, channels]` or a point `[dimensions]`. */
export type ExampleShape =
  | { readonly kind: 'image'; readonly height: number; readonly width: number; readonly channels: number }
  | { readonly kind: 'points'; readonly dimensions: number };

/** The shape as a tensor's, without the batch. */
export function exampleExtents(shape: ExampleShape): readonly number[] {
  return shape.kind === 'image' ? [shape.height, shape.width, shape.channels] : [shape.dimensions];
}

/** One part (training or held-out) of a source: random access by index, never loaded whole by contract. */
export interface Examples {
  readonly count: number;
  readonly shape: ExampleShape;
  /** Number of classes, 0 where the source has no labels. */
  readonly classes: number;
  /**
   * Writes the examples at `indices` to `target` as float32 in the network's range (images: [-1, 1]; points: as
   * they are), one after the other, `[indices.length, ...shape]`; and their labels to `labels` where there are any.
   */
  read(indices: Uint32Array, target: Float32Array, labels?: Int32Array): Promise<void>;
  close(): Promise<void>;
}

export interface Dataset {
  readonly train: Examples;
  readonly heldOut: Examples;
}

export interface OpenContext {
  /** Folder that relative paths in the experiment are relative to. */
  readonly baseFolder: string;
  /** Seed of the run, for sources that draw their data. */
  readonly seed: number;
}

/**
 * A registered kind of source. `options` is the strict zod object of its part of the config, without the
 * discriminating key `source` itself; its descriptions become hovers and documentation.
 */
export interface DataSource<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly options: Options;
  /** The options that name something on disk, and what it must be, so that an editor can say early what is missing. */
  readonly pathOptions?: Readonly<Record<string, 'file' | 'folder'>>;
  /** What an example will look like, without opening anything, as far as the options say. */
  describe(options: z.output<Options>): ExampleShape;
  /** Throws `DataError` that names the file and the byte or image. */
  open(options: z.output<Options>, context: OpenContext): Promise<Dataset>;
}

/** Keeps the link between a source's options and the functions that take them. */
export function defineSource<Options extends z.ZodObject>(source: DataSource<Options>): DataSource<Options> {
  return source;
}
