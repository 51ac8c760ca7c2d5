/**
 * Messages about a dataset between the process that opens it, the extension host and the page. The host forwards the
 * process's messages to the page with their texts translated to the editor's language.
 */
import type { LocalizableText } from './localizable-text';

/** For unpaired data, the input images are separate parts. */
export const DATASET_PARTS = ['train', 'heldOut', 'givenTrain', 'givenHeldOut'] as const;
export type DatasetPart = (typeof DATASET_PARTS)[number];

/** @typeParam Text a string in the editor's language, or `LocalizableText` between the process and the host */
export interface SkippedFiles<Text = string> {
  readonly skippedCount: number;
  /** The first few skipped files. */
  readonly skipped: readonly { readonly name: string; readonly reason: Text }[];
}

/** Image size in pixels, and number of channels. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface DatasetSummary<Text = string> extends SkippedFiles<Text> {
  /** Title of the data source, e.g. `A folder of pictures`. */
  readonly title: string;
  readonly train: number;
  readonly heldOut: number;
  /** Undefined if the examples are not images. */
  readonly image?: ImageSize;
  /** Size of the input images, and whether each is paired with an example. */
  readonly input?: ImageSize & { readonly isPaired: boolean };
  /** Number of training and held-out input images, for unpaired data. */
  readonly given?: { readonly train: number; readonly heldOut: number };
  /** Class names, or their numbers; empty for unlabelled data. */
  readonly classes: readonly string[];
  /** Training steps of the experiment. */
  readonly steps: number;
}

export interface ChannelStatistics {
  /** Statistics of the values that the network sees, in [-1, 1]. */
  readonly mean: number;
  readonly standardDeviation: number;
  readonly least: number;
  readonly greatest: number;
}

export interface ExamplePlace {
  readonly part: 'train' | 'heldOut';
  readonly index: number;
  /** Name of the source file, if any. */
  readonly name?: string;
}

/** Examples that are identical in every value, or nearly identical to the eye. */
export interface DuplicateGroup {
  readonly kind: 'exact' | 'near';
  readonly places: readonly ExamplePlace[];
}

export interface DatasetSurvey {
  /** Number of examples surveyed, evenly spread over the dataset. */
  readonly looked: number;
  readonly total: number;
  /** One count per class, over all examples. */
  readonly classCounts: readonly number[];
  readonly channels: readonly ChannelStatistics[];
  /** The first few groups. */
  readonly duplicates: readonly DuplicateGroup[];
  readonly exactGroups: number;
  readonly nearGroups: number;
  /** How many of the surveyed examples were compared with all others: all of them, unless too many are alike. */
  readonly nearSearched: number;
  /** Groups with examples from both parts, which leak held-out data into training. */
  readonly groupsAcrossParts: number;
}

export type ToDataset =
  | {
      readonly type: 'open';
      readonly experimentFile: string;
      /** Overrides the experiment's threads, for the estimate. */
      readonly threads?: number;
    }
  | { readonly type: 'images'; readonly part: DatasetPart; readonly start: number; readonly count: number };

/** @typeParam Text user-facing text: `LocalizableText` from the process, a string for the page */
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
  /** `count` RGBA tiles, stacked vertically; a pair is one tile, with the input image on the left. */
  | {
      readonly type: 'images';
      readonly part: DatasetPart;
      readonly start: number;
      readonly count: number;
      readonly width: number;
      readonly height: number;
      readonly pixels: Uint8Array;
      /** One label per tile; empty for unlabelled data. */
      readonly labels: readonly number[];
    }
  | { readonly type: 'surveying'; readonly done: number; readonly total: number }
  | { readonly type: 'surveyed'; readonly survey: DatasetSurvey }
  /** Duration of a run of the experiment on this machine; without `seconds` if it could not be measured. */
  | { readonly type: 'estimated'; readonly seconds?: number }
  | {
      readonly type: 'failed';
      readonly message: Text;
      readonly remedy: Text;
      /** Name of the dataset that must be fetched first. */
      readonly missingData?: string;
      /** Set if too many files cannot be used. */
      readonly unusable?: SkippedFiles<Text>;
      /** Nothing is read until the user trusts the workspace. */
      readonly needsTrust?: true;
    };

/** In addition to the messages for the process. */
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

/** Page state that VS Code persists across a window reload. */
export interface DatasetPageState {
  readonly experimentFile: string;
}
