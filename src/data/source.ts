/**
 * What a data source is, and what it opens to. A new kind of source is one file here and a line in the registry.
 *
 * A source gives one of three kinds of data. **Plain**: examples, with or without labels. **Paired**: each example,
 * the image to be produced, comes with the image that is given for it (`Examples.input`, and the fourth parameter of
 * `read`), as pix2pix, super-resolution and segmentation need. **Unpaired**: the examples to be produced, and beside
 * them a body of given images of its own size, order and shape (`Dataset.unpairedInputs`), as CycleGAN needs.
 */
import type * as z from 'zod';
import type { DataShape, ExampleShape, ImageShape } from '../shared/example-shape';
import type { LocalizableText } from '../shared/localizable-text';

/** One part (training or held-out) of a source: random access by index, never loaded whole by contract. */
export interface Examples {
  readonly count: number;
  readonly shape: ExampleShape;
  /** Number of classes, 0 where the source has no labels. */
  readonly classes: number;
  /** What the classes are called, `classes` of them, where the source knows. */
  readonly classNames?: readonly string[];
  /** The class of each example, where all are in memory. */
  readonly labels?: ArrayLike<number>;
  /** Paired data: the shape of the image that is given with each example. */
  readonly input?: ImageShape;
  /**
   * Writes the examples at `indices` to `target` as float32 in the network's range (images: [-1, 1]; points: as
   * they are), one after the other, `[indices.length, ...shape]`; their labels to `labels` where there are any; and
   * of paired data the images given to `inputs`, `[indices.length, ...input]` in [-1, 1].
   */
  read(indices: Uint32Array, target: Float32Array, labels?: Int32Array, inputs?: Float32Array): Promise<void>;
  close(): Promise<void>;
}

export interface Dataset {
  readonly train: Examples;
  readonly heldOut: Examples;
  /** Unpaired data: the images given, which correspond to no example; `train` and `heldOut` are then to be produced. */
  readonly unpairedInputs?: { readonly train: Examples; readonly heldOut: Examples };
  /** The same for the same examples, and another where one of them differs. */
  readonly fingerprint?: string;
  /** What became of each file or other origin, where the data was imported from such. */
  origins?(): AsyncGenerator<SourceItem>;
}

/** A name that a person knows, with the example that it became or the reason why it became none. */
export type SourceItem =
  | { readonly name: string; readonly part: 'train' | 'heldOut'; readonly index: number }
  | { readonly name: string; readonly reason: LocalizableText };

/** Throws what closing a part throws. */
export async function closeDataset({ train, heldOut, unpairedInputs }: Dataset): Promise<void> {
  for (const part of [train, heldOut, unpairedInputs?.train, unpairedInputs?.heldOut]) await part?.close();
}

/** How far bringing images into the packed cache has come. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  readonly skipped: number;
  readonly imagesPerSecond: number;
  readonly etaSeconds: number;
}

export interface OpenContext {
  /** Folder that relative paths in the experiment are relative to. */
  readonly baseFolder: string;
  /** Seed of the run, for sources that draw their data. */
  readonly seed: number;
  /** Cancels an import; what was begun is taken away, and `ImportCancelledError` thrown. */
  readonly signal?: AbortSignal;
  /** Called after every image that is imported: a receiver that is slow limits the rate itself. */
  onProgress?(progress: ImportProgress): void;
}

/** What an option names; a function of what is written where that is not always something on disk. */
export type PathOption = PathKind | ((written: string) => PathKind | undefined);

export type PathKind = 'file' | 'folder';

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
  readonly pathOptions?: Readonly<Record<string, PathOption>>;
  /** Why options that are each allowed do not go together, as a clause, or undefined if they do. */
  unsuitable?(options: z.output<Options>): LocalizableText | undefined;
  /** What an example will look like, without opening anything. */
  describe(options: z.output<Options>): DataShape;
  /** Throws `DataError` that names the file and the byte or image. */
  open(options: z.output<Options>, context: OpenContext): Promise<Dataset>;
}

/** Keeps the link between a source's options and the functions that take them. */
export function defineSource<Options extends z.ZodObject>(source: DataSource<Options>): DataSource<Options> {
  return source;
}
