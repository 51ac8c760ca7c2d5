/**
 * Messages about latents and samples between the process that runs the generator, the extension host and the page of
 * the latent explorer. The host forwards the process's messages with their texts translated to the editor's language.
 */
import type { SampleContent } from './dashboard-protocol';
import type { LocalizableText } from './localizable-text';
import type { Dropped } from './translation-protocol';

/** Maximum number of directions with an offset. */
export const MAX_DIRECTIONS = 8;
/** Number of samples interpolated between two latents. */
export const FRAMES = 8;
/** Maximum number of samples kept side by side. */
export const MAX_CHOSEN = 64;

/** A latent that an inversion has found for an image. */
export interface FoundLatent {
  /** Name of the image. */
  readonly name: string;
  /** `[latentSize]` */
  readonly values: readonly number[];
}

/** The seed of a drawn latent, or one that was found. */
export type LatentEnd = number | FoundLatent;

export interface LatentPlace {
  /** The two latents to interpolate between. */
  readonly from: LatentEnd;
  readonly to: LatentEnd;
  /** Interpolation factor: 0 is the first latent, 1 the second. */
  readonly mix: number;
  /** Offset along each direction, in standard deviations of the prior. */
  readonly offsets: readonly number[];
  /** Largest magnitude of a drawn latent value (truncation trick); no truncation if omitted. */
  readonly truncation?: number;
  /** ψ of the truncation of styles: 0 is their average, 1 (if omitted) no truncation. */
  readonly styleTruncation?: number;
  /** Class to generate, for conditional runs. */
  readonly label?: number;
}

export interface ExplorerFacts {
  readonly step: number;
  /** Steps of all checkpoints, ascending. */
  readonly steps: readonly number[];
  readonly bestStep?: number;
  readonly latentSize: number;
  readonly prior: 'normal' | 'uniform';
  readonly directions: number;
  /**
   * `weights`: the directions of largest change, from the generator's first matrix product; `axes`: the first
   * coordinates.
   */
  readonly directionsFrom: 'weights' | 'axes';
  /** Whether the generator takes styles, which can be truncated. */
  readonly hasStyles: boolean;
  /** Number of classes to choose from; 0 for unconditional runs. */
  readonly classes: number;
  readonly makes: 'images' | 'points';
  /** Whether samples use the moving average of the generator's weights. */
  readonly isAveraged: boolean;
}

/** RGBA images, stacked vertically. */
export interface Tiles {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Generated output: images, or points `x, y, x, y, …`. */
export type Made =
  | { readonly kind: 'images'; readonly tiles: Tiles }
  | { readonly kind: 'points'; readonly points: Float32Array };

/** Requests about a place; only the newest request of each kind is answered. */
export const PLACE_QUESTIONS = ['sample', 'frames', 'neighbours'] as const;
export type PlaceQuestion = (typeof PLACE_QUESTIONS)[number];

export interface OpenExplorer {
  readonly type: 'open';
  readonly runFolder: string;
  /** The best checkpoint by default, or else the newest. */
  readonly step?: number;
  /** If false, no user files are loaded: neither modules nor data. */
  readonly isTrusted: boolean;
}

export type ToExplorer =
  | OpenExplorer
  /** Loads another checkpoint of the run. */
  | { readonly type: 'load'; readonly step: number }
  | { readonly type: PlaceQuestion; readonly request: number; readonly place: LatentPlace }
  /** Samples kept side by side, at most `MAX_CHOSEN`. */
  | { readonly type: 'chosen'; readonly places: readonly LatentPlace[] }
  /** Requests a single PNG of all these samples. */
  | { readonly type: 'picture'; readonly places: readonly LatentPlace[] }
  /** Finds the latent of an image, in place of the image whose latent is being searched for. */
  | { readonly type: 'invert'; readonly file: string }
  | { readonly type: 'cancelInversion' }
  /** Whether inversions compare images by a classifier of the data too. */
  | { readonly type: 'compareFeatures'; readonly isWanted: boolean }
  /** Requests an animation that passes by these places and returns to the first. */
  | ({ readonly type: 'animate'; readonly places: readonly LatentPlace[] } & AnimationForm)
  | { readonly type: 'cancelAnimation' };

export interface AnimationForm {
  readonly encoding: 'webp' | 'gif';
  readonly seconds: number;
  readonly perSecond: number;
}

/** All frames are in memory at once. */
export const MAX_ANIMATION_FRAMES = 600;

/** An image, and the nearest one that the generator has been found to make. */
export interface InvertedImage {
  readonly found: FoundLatent;
  /** The class that suits best, for conditional runs. */
  readonly label?: number;
  /** Checkpoint of the generator. */
  readonly step: number;
  /** In decibels. */
  readonly psnr: number;
}

export interface Neighbour {
  /** Index of the training example. */
  readonly index: number;
  /** Root mean square difference over all values, which are in [-1, 1]. */
  readonly distance: number;
}

/** @typeParam Text user-facing text: `LocalizableText` from the process, a string for the page */
export type FromExplorer<Text = LocalizableText> =
  | { readonly type: 'opened'; readonly facts: ExplorerFacts }
  /** Class names, once the data has been opened. */
  | { readonly type: 'classes'; readonly names: readonly string[] }
  /** Real points, generated points, and the discriminator's output over the plane. */
  | { readonly type: 'plane'; readonly points: Extract<SampleContent, { readonly kind: 'points' }> }
  | { readonly type: 'sample'; readonly request: number; readonly made: Made }
  | { readonly type: 'frames'; readonly request: number; readonly made: Made }
  /** The training images are being read for the nearest-neighbour search. */
  | { readonly type: 'indexing'; readonly done: number; readonly total: number }
  | {
      readonly type: 'neighbours';
      readonly request: number;
      readonly tiles: Tiles;
      readonly neighbours: readonly Neighbour[];
      /** Number of training images searched, out of `total`. */
      readonly looked: number;
      readonly total: number;
    }
  /** No neighbours can be shown, with the reason. */
  | { readonly type: 'noNeighbours'; readonly reason: Text }
  | { readonly type: 'chosen'; readonly made: Made }
  | { readonly type: 'picture'; readonly png: Uint8Array }
  | { readonly type: 'animating'; readonly done: number; readonly total: number }
  /** Without bytes if it was cancelled or has failed. */
  | { readonly type: 'animation'; readonly bytes?: Uint8Array }
  /** Progress of an inversion; also the first sign of it. */
  | {
      readonly type: 'inverting';
      /** Once, a classifier may be trained, by whose layers images are compared. */
      readonly phase: 'classifier' | 'latent';
      readonly name: string;
      readonly done: number;
      readonly total: number;
    }
  /** The tiles are the image, as the generator could make it, and the one found. */
  | { readonly type: 'inverted'; readonly image: InvertedImage; readonly tiles: Tiles }
  /** An inversion has ended without a latent, with the reason unless it was cancelled. */
  | { readonly type: 'notInverted'; readonly reason?: Text }
  | {
      readonly type: 'failed';
      /** The page has its own text for `noLatents` and `untrusted`. */
      readonly kind: 'noLatents' | 'untrusted' | 'other';
      readonly message: Text;
      readonly remedy: Text;
    };

/** In addition to the messages passed to the process unchanged. */
export type FromExplorerPage =
  | { readonly type: 'ready' }
  | { readonly type: 'again' }
  | { readonly type: 'openDashboard' }
  /** Exports the network of the step that the page shows. */
  | { readonly type: 'export'; readonly step: number }
  | { readonly type: 'trust' }
  /** Asks for an image to invert. */
  | { readonly type: 'chooseImage' }
  | { readonly type: 'drop'; readonly dropped: Dropped }
  /** Asks for the form of an animation that passes by these places, and for a file. */
  | { readonly type: 'saveAnimation'; readonly places: readonly LatentPlace[] }
  | Exclude<ToExplorer, OpenExplorer | { readonly type: 'invert' | 'animate' | 'cancelAnimation' }>;

export type ToExplorerPage =
  | Exclude<FromExplorer<string>, { readonly type: 'picture' | 'animating' | 'animation' }>
  | { readonly type: 'panel'; readonly runFolder: string; readonly step?: number; readonly name: string };

/** The pictures are PNG files in base64. */
export interface KeptInversion {
  readonly image: InvertedImage;
  readonly target: string;
  readonly result: string;
}

/** Page state that VS Code persists across a window reload. */
export interface ExplorerPageState {
  readonly runFolder: string;
  readonly step?: number;
  readonly place?: LatentPlace;
  readonly chosen?: readonly LatentPlace[];
  readonly inverted?: KeptInversion;
}
