/** Joins pictures into an animated WebP or GIF that repeats without end. */
import { loadSharp } from './load-sharp';

export type AnimationEncoding = 'webp' | 'gif';

export interface Animation {
  /** PNG or any other format of a picture, all with the proportions of the first. */
  readonly frames: AsyncIterable<Uint8Array>;
  /** Of the result, in pixels, for the width of the first frame; by default the same. */
  width?(own: number): number;
  /** Milliseconds for which a frame stays, by its index. */
  delayMs(index: number): number;
}

/** All frames are in memory at once. Throws `DataError` if the decoder is unavailable. */
export async function encodeAnimation(
  encoding: AnimationEncoding,
  { frames, width = (own) => own, delayMs }: Animation,
): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const pictures: Buffer[] = [];
  let size: { readonly width: number; readonly height: number } | undefined;
  for await (const frame of frames) {
    const picture = sharp(frame);
    const own = await picture.metadata();
    size ??= scaled(own, width(own.width));
    const data = await picture
      .resize({
        ...size,
        fit: 'fill',
        // Pixels stay sharp where a picture is enlarged.
        kernel: size.width >= own.width ? 'nearest' : 'lanczos3',
      })
      .toColourspace('srgb')
      .removeAlpha()
      .png()
      .toBuffer();
    pictures.push(data);
  }
  const animation = sharp(pictures, { join: { animated: true } });
  const timing = { delay: pictures.map((_, index) => Math.round(delayMs(index))), loop: 0 };
  return await animation[encoding](timing).toBuffer();
}

function scaled(own: { readonly width: number; readonly height: number }, width: number) {
  return { width, height: Math.max(1, Math.round((own.height * width) / own.width)) };
}
