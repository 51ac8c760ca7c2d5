/**
 * What is said of latents and samples, between the process that runs the generator, the extension host and the page of
 * the latent explorer. The host passes the process's messages on to the page, with their texts in the language of the editor.
 */
import type { SampleContent } from './dashboard-protocol';
import type { LocalizableText } from './localizable-text';

/** Directions that a place has offsets for, at most. */
export const MAX_DIRECTIONS = 8;
/** Samples along the way from one latent to the other. */
export const FRAMES = 8;
/** Samples that can be kept side by side. */
export const MAX_CHOSEN = 64;

export interface LatentPlace {
  /** Numbers that name the latents at both ends. */
  readonly from: number;
  readonly to: number;
  /** 0 is the first end, 1 the other. */
  readonly mix: number;
  /** Along each direction, in standard deviations of the prior. */
  readonly offsets: readonly number[];
  /** Largest magnitude of a value of the drawn latents; not truncated where it is left out. */
  readonly truncation?: number;
  /** Number of the class that is asked for, of conditional runs. */
  readonly label?: number;
}

export interface ExplorerFacts {
  readonly step: number;
  /** Of every checkpoint, ascending. */
  readonly steps: readonly number[];
  readonly bestStep?: number;
  readonly latentSize: number;
  readonly prior: 'normal' | 'uniform';
  readonly directions: number;
  /** `weights`: along which samples change most, by the generator's first product; `axes`: the first coordinates. */
  readonly directionsFrom: 'weights' | 'axes';
  /** That can be asked for; 0 of runs without. */
  readonly classes: number;
  readonly makes: 'images' | 'points';
  /** Whether the samples are of the running average of the generator's weights. */
  readonly isAveraged: boolean;
}

/** Images one below the other, RGBA. */
export interface Tiles {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** What was made: images, or points `x, y, x, y, …`. */
export type Made =
  | { readonly kind: 'images'; readonly tiles: Tiles }
  | { readonly kind: 'points'; readonly points: Float32Array };

/** What can be asked of a place; of each kind the newest question alone is answered. */
export const PLACE_QUESTIONS = ['sample', 'frames', 'neighbours'] as const;
export type PlaceQuestion = (typeof PLACE_QUESTIONS)[number];

export interface OpenExplorer {
  readonly type: 'open';
  readonly runFolder: string;
  /** The best checkpoint where it is left out, else the newest. */
  readonly step?: number;
  /** Nothing of a person's own is loaded where it is false: neither modules nor data. */
  readonly isTrusted: boolean;
}

export type ToExplorer =
  | OpenExplorer
  /** Another checkpoint of the run. */
  | { readonly type: 'load'; readonly step: number }
  | { readonly type: PlaceQuestion; readonly request: number; readonly place: LatentPlace }
  /** The samples that are kept side by side, at most `MAX_CHOSEN`. */
  | { readonly type: 'chosen'; readonly places: readonly LatentPlace[] }
  /** One picture of all these samples. */
  | { readonly type: 'picture'; readonly places: readonly LatentPlace[] };

export interface Neighbour {
  /** Index of the training example. */
  readonly index: number;
  /** Root of the mean squared difference of all values, which lie in [-1, 1]. */
  readonly distance: number;
}

/** @typeParam Text what people read: `LocalizableText` from the process, a string for the page */
export type FromExplorer<Text = LocalizableText> =
  | { readonly type: 'opened'; readonly facts: ExplorerFacts }
  /** What the classes are called, once the data are open. */
  | { readonly type: 'classes'; readonly names: readonly string[] }
  /** Real points, generated ones, and what the discriminator takes places for. */
  | { readonly type: 'plane'; readonly points: Extract<SampleContent, { readonly kind: 'points' }> }
  | { readonly type: 'sample'; readonly request: number; readonly made: Made }
  | { readonly type: 'frames'; readonly request: number; readonly made: Made }
  /** The training images are being read, for neighbours to be found among them. */
  | { readonly type: 'indexing'; readonly done: number; readonly total: number }
  | {
      readonly type: 'neighbours';
      readonly request: number;
      readonly tiles: Tiles;
      readonly neighbours: readonly Neighbour[];
      /** Training images that were looked at, of all. */
      readonly looked: number;
      readonly total: number;
    }
  /** There are no neighbours to be shown, and why. */
  | { readonly type: 'noNeighbours'; readonly reason: Text }
  | { readonly type: 'chosen'; readonly made: Made }
  | { readonly type: 'picture'; readonly png: Uint8Array }
  | {
      readonly type: 'failed';
      /** What the page has words of its own for. */
      readonly kind: 'noLatents' | 'untrusted' | 'other';
      readonly message: Text;
      readonly remedy: Text;
    };

/** Beside what goes to the process as it is. */
export type FromExplorerPage =
  | { readonly type: 'ready' }
  | { readonly type: 'again' }
  | { readonly type: 'openDashboard' }
  | { readonly type: 'trust' }
  | Exclude<ToExplorer, OpenExplorer>;

export type ToExplorerPage =
  | Exclude<FromExplorer<string>, { readonly type: 'picture' }>
  | { readonly type: 'panel'; readonly runFolder: string; readonly step?: number; readonly name: string };

/** What VS Code keeps of a page over a reload of the window. */
export interface ExplorerPageState {
  readonly runFolder: string;
  readonly step?: number;
  readonly place?: LatentPlace;
  readonly chosen?: readonly LatentPlace[];
}
