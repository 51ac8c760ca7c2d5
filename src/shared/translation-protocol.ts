/** Messages between the extension host and the page that shows images beside what a run has made of them. */
import type { LocalizableText } from './localizable-text';

/** Names inside the two folders, with forward slashes. */
export interface ImagePair {
  readonly from: string;
  readonly to: string;
}

/** What the page shows, which VS Code keeps across a reload. All paths are absolute. */
export interface Translation {
  readonly runFolder: string;
  readonly step: number;
  /** Folder of the inputs. */
  readonly inputs: string;
  /** Folder of the outputs. */
  readonly outputs: string;
  /** The image or folder that was written. */
  readonly place: string;
  /** At most `MAX_SHOWN_PAIRS`. */
  readonly pairs: readonly ImagePair[];
  /** Number of translated images. */
  readonly count: number;
  /** Number of images that could not be used. */
  readonly skipped: number;
}

/** Nobody looks at more, and the editor keeps their names. */
export const MAX_SHOWN_PAIRS = 2000;

/** A file's image in a format that browsers show, or why there is none. */
export type ShownImage =
  | { readonly bytes: Uint8Array; readonly type: string }
  | { readonly reason: LocalizableText };

export type ToTranslationPage =
  | { readonly type: 'panel'; readonly translation: Translation; readonly name: string }
  | {
      readonly type: 'pair';
      readonly index: number;
      readonly input: ShownImage;
      readonly output: ShownImage;
    };

/** An image that was dropped on a page, with its name. */
export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What was dropped: files of another program with their bytes, or addresses of files that the editor knows. */
export type Dropped =
  | { readonly kind: 'files'; readonly files: readonly DroppedFile[] }
  | { readonly kind: 'addresses'; readonly uris: readonly string[] };

/** They are in memory at once, in the page and in the host. */
export const MAX_DROPPED_FILES = 200;
export const MAX_DROPPED_BYTES = 64 * 2 ** 20;

export type FromTranslationPage =
  | { readonly type: 'ready' }
  | { readonly type: 'pair'; readonly index: number }
  | { readonly type: 'openFolder' }
  | { readonly type: 'openDashboard' }
  /** Asks for more images to translate. */
  | { readonly type: 'applyToMore' }
  | { readonly type: 'drop'; readonly dropped: Dropped };
