/** Types shared by the decoders: pixels in memory, and errors for unusable images. */
import { formatText, type LocalizableText } from '../../shared/localizable-text';

/** Grey (1), RGB (3) or RGBA (4) pixels, `[height, width, channels]` of 0 … 255. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
}

/** An image cannot be used, with the reason. */
export class PictureError extends Error {
  readonly reason: LocalizableText;

  constructor(reason: LocalizableText, options?: ErrorOptions) {
    super(formatText(reason), options);
    this.reason = reason;
  }
}

/** The image may be usable later without change: the machine was busy, or the file inaccessible. */
export class PassingPictureError extends PictureError {}
