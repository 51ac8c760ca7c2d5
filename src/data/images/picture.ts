/** What decoders share: pixels in memory, and why a picture has none. */

/** Pixels of gray (1), RGB (3) or RGBA (4), `[height, width, channels]` of 0 … 255. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
}

/** A picture that cannot be used; the message completes "it was skipped: it …". */
export class PictureError extends Error {}

/** The same of a picture that may be usable another time, unchanged: the machine was busy, or the file out of reach. */
export class PassingPictureError extends PictureError {}
