/**
 * What is said of a dataset, between the process that opens it, the extension host and the page that shows it. The
 * host passes the process's messages on to the page, with their texts in the language of the editor.
 */
import type { LocalizableText } from './localizable-text';

/** Of unpaired data the images given are parts of their own. */
export const DATASET_PARTS = ['train', 'heldOut', 'givenTrain', 'givenHeldOut'] as const;
export type DatasetPart = (typeof DATASET_PARTS)[number];

/** @typeParam Text a string in the language of the editor, or `LocalizableText` on the way from the process to the host */
export interface SkippedFiles<Text = string> {
  readonly skippedCount: number;
  /** The first of them. */
  readonly skipped: readonly { readonly name: string; readonly reason: Text }[];
}

/** Size of an image in pixels, and its channels. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface DatasetSummary<Text = string> extends SkippedFiles<Text> {
  /** Of the source, e.g. `A folder of pictures`. */
  readonly title: string;
  readonly train: number;
  readonly heldOut: number;
  /** Undefined where examples are no images. */
  readonly image?: ImageSize;
  /** The images given, and whether each belongs to an example. */
  readonly input?: ImageSize & { readonly isPaired: boolean };
  /** How many images are given to train on and held out, where they belong to no example. */
  readonly given?: { readonly train: number; readonly heldOut: number };
  /** Names of the classes, or their numbers; empty where there are no labels. */
  readonly classes: readonly string[];
  /** Of a run of the experiment. */
  readonly steps: number;
}

export interface ChannelStatistics {
  /** Of the values that the network sees, in [-1, 1]. */
  readonly mean: number;
  readonly standardDeviation: number;
  readonly least: number;
  readonly greatest: number;
}

export interface ExamplePlace {
  readonly part: 'train' | 'heldOut';
  readonly index: number;
  /** Of the file that it came from, where there is one. */
  readonly name?: string;
}

/** Examples that are the same in every value, or nearly the same to the eye. */
export interface DuplicateGroup {
  readonly kind: 'exact' | 'near';
  readonly places: readonly ExamplePlace[];
}

export interface DatasetSurvey {
  /** Examples that were looked at, evenly spread over all. */
  readonly looked: number;
  readonly total: number;
  /** As many as there are classes; of all examples. */
  readonly classCounts: readonly number[];
  readonly channels: readonly ChannelStatistics[];
  /** The first groups. */
  readonly duplicates: readonly DuplicateGroup[];
  readonly exactGroups: number;
  readonly nearGroups: number;
  /** Of those looked at, the ones that were held against all others: all of them, unless too many are alike. */
  readonly nearSearched: number;
  /** Groups with examples of both parts: what is held out is then known from training. */
  readonly groupsAcrossParts: number;
}

export type ToDataset =
  | {
      readonly type: 'open';
      readonly experimentFile: string;
      /** In the place of the experiment's own, for the estimate. */
      readonly threads?: number;
    }
  | { readonly type: 'images'; readonly part: DatasetPart; readonly start: number; readonly count: number };

/** @typeParam Text what people read: `LocalizableText` from the process, a string for the page */
export type FromDataset<Text = LocalizableText> =
  | {
      readonly type: 'importing';
      readonly done: number;
      readonly total: number;
      readonly skipped: number;
      readonly imagesPerSecond: number;
      readonly etaSeconds: number;
    }
  | { readonly type: 'opened'; readonly summary: DatasetSummary<Text> }
  /** `count` tiles, one below the other, RGBA; a pair is one tile, the image given on the left. */
  | {
      readonly type: 'images';
      readonly part: DatasetPart;
      readonly start: number;
      readonly count: number;
      readonly width: number;
      readonly height: number;
      readonly pixels: Uint8Array;
      /** As many as there are tiles, where there are classes. */
      readonly labels: readonly number[];
    }
  | { readonly type: 'surveying'; readonly done: number; readonly total: number }
  | { readonly type: 'surveyed'; readonly survey: DatasetSurvey }
  /** How long a run of the experiment takes on this machine; without `seconds` where that could not be measured. */
  | { readonly type: 'estimated'; readonly seconds?: number }
  | {
      readonly type: 'failed';
      readonly message: Text;
      readonly remedy: Text;
      /** Name of the dataset that must be fetched first. */
      readonly missingData?: string;
      /** Where too many files cannot be used. */
      readonly unusable?: SkippedFiles<Text>;
      /** Nothing is read before the person trusts the workspace. */
      readonly needsTrust?: true;
    };

/** Beside what goes to the process. */
export type FromDatasetPage =
  | { readonly type: 'ready' }
  | { readonly type: 'fetch'; readonly name: string }
  | { readonly type: 'again' }
  | { readonly type: 'cancel' }
  | { readonly type: 'trust' }
  | { readonly type: 'start' }
  | { readonly type: 'edit' }
  | Extract<ToDataset, { readonly type: 'images' }>;

export type ToDatasetPage =
  | FromDataset<string>
  | { readonly type: 'cancelled' }
  | { readonly type: 'panel'; readonly name: string; readonly file: string };

/** What VS Code keeps of a page over a reload of the window. */
export interface DatasetPageState {
  readonly experimentFile: string;
}
