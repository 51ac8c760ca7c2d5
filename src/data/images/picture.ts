/** What decoders share: pixels in memory, and why a picture has none. */
import { formatText, type LocalizableText } from '../../shared/localizable-text';

/** Pixels of gray (1), RGB (3) or RGBA (4), `[height, width, channels]` of 0 … 255. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
}

/** An image that cannot be used, and why. */
export class PictureError extends Error {
  readonly reason: LocalizableText;

  constructor(reason: LocalizableText, options?: ErrorOptions) {
    super(formatText(reason), options);
    this.reason = reason;
  }
}

/** The same of a picture that may be usable another time, unchanged: the machine was busy, or the file out of reach. */
export class PassingPictureError extends PictureError {}
