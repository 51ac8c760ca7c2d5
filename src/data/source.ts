/**
 * The interface of data sources and of the datasets they open. To add a source, add a file here and a line in the
 * registry.
 *
 * A source provides one of three kinds of data. **Plain**: examples, with or without labels. **Paired**: each example,
 * the target image, has an input image (`Examples.input`, and the fourth parameter of `read`), as required by pix2pix,
 * super-resolution and segmentation. **Unpaired**: the target examples, plus a separate set of input images with its
 * own size, order and shape (`Dataset.unpairedInputs`), as required by CycleGAN.
 */
import type * as z from 'zod';
import type { DataShape, ExampleShape, ImageShape } from '../shared/example-shape';
import type { LocalizableText } from '../shared/localizable-text';

/** One part (training or held-out) of a source: random access by index; need not fit into memory. */
export interface Examples {
  readonly count: number;
  readonly shape: ExampleShape;
  /** Number of classes, 0 for unlabelled data. */
  readonly classes: number;
  /** Class names, `classes` of them, if known. */
  readonly classNames?: readonly string[];
  /** The class of each example, if all labels are in memory. */
  readonly labels?: ArrayLike<number>;
  /** Paired data: the shape of each example's input image. */
  readonly input?: ImageShape;
  /**
   * Writes the examples at `indices` to `target` as float32 in the network's range (images: [-1, 1]; points: unscaled),
   * `[indices.length, ...shape]`; their labels, if any, to `labels`; and for paired data the input images to `inputs`,
   * `[indices.length, ...input]` in [-1, 1].
   */
  read(indices: Uint32Array, target: Float32Array, labels?: Int32Array, inputs?: Float32Array): Promise<void>;
  close(): Promise<void>;
}

export interface Dataset {
  readonly train: Examples;
  readonly heldOut: Examples;
  /** Unpaired data: the input images, which correspond to no example; `train` and `heldOut` are then the targets. */
  readonly unpairedInputs?: { readonly train: Examples; readonly heldOut: Examples };
  /** Stacked data: the labelled grey images that the channels of each example are. Its parts are closed with those above. */
  readonly stackedFrom?: Dataset;
  /** Identical for identical examples, and different if any example differs. */
  readonly fingerprint?: string;
  /** Number of origins that were skipped, if the data was imported. */
  readonly skipped?: number;
  /** The outcome for each file or other origin, if the data was imported. */
  origins?(): AsyncGenerator<SourceItem>;
}

/** A human-readable name, with the resulting example or the reason for skipping it. */
export type SourceItem =
  | { readonly name: string; readonly part: 'train' | 'heldOut'; readonly index: number }
  | { readonly name: string; readonly reason: LocalizableText };

/** Throws the errors of closing a part. */
export async function closeDataset({ train, heldOut, unpairedInputs }: Dataset): Promise<void> {
  for (const part of [train, heldOut, unpairedInputs?.train, unpairedInputs?.heldOut]) await part?.close();
}

/** Progress of importing images into the packed cache. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  readonly skipped: number;
  readonly imagesPerSecond: number;
  readonly etaSeconds: number;
}

export interface OpenContext {
  /** Base folder for relative paths in the experiment. */
  readonly baseFolder: string;
  /** Seed of the run, for sources that generate their data. */
  readonly seed: number;
  /** Cancels an import: partial results are removed, and `ImportCancelledError` is thrown. */
  readonly signal?: AbortSignal;
  /** Called after every imported image: slow receivers must throttle. */
  onProgress?(progress: ImportProgress): void;
}

/** The kind of path in an option; a function of the value if it is not always a path. */
export type PathOption = PathKind | ((written: string) => PathKind | undefined);

export type PathKind = 'file' | 'folder';

/**
 * A registered data source. `options` is the strict zod object of its part of the config, without the discriminator
 * `source`; its descriptions are used in hovers and documentation.
 */
export interface DataSource<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Licence of the data with attribution, where the source determines it. */
  readonly licence?: string;
  readonly options: Options;
  /** The options that are paths, and their kind, so that an editor can report missing files early. */
  readonly pathOptions?: Readonly<Record<string, PathOption>>;
  /** Why a combination of individually valid options is unsupported, as a clause; undefined if it is supported. */
  unsuitable?(options: z.output<Options>): LocalizableText | undefined;
  /** The shapes of the examples, without opening anything. */
  describe(options: z.output<Options>): DataShape;
  /** Throws `DataError` with the file and the byte or image. */
  open(options: z.output<Options>, context: OpenContext): Promise<Dataset>;
}

/** Preserves the type of a source's options in its functions. */
export function defineSource<Options extends z.ZodObject>(source: DataSource<Options>): DataSource<Options> {
  return source;
}
