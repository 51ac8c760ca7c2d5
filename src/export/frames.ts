/** Joins pictures into an animated WebP or GIF. */
import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { loadSharp } from '../data/images/load-sharp';
import { localizable } from '../shared/localizable-text';
import { ExportError } from './exporter';

type Encoding = 'webp' | 'gif';

export interface Animation {
  /** PNG or any other format of a picture, all with the proportions of the first. */
  readonly frames: AsyncIterable<Uint8Array>;
  /** Of the result, in pixels; by default that of the first frame. */
  readonly width: number | undefined;
  /** Milliseconds for which a frame stays, by its index. */
  delayMs(index: number): number;
}

/** Throws `ExportError` if the path ends in neither `.webp` nor `.gif`. */
export function animationEncoding(path: string): Encoding {
  const ending = extname(path).toLowerCase();
  if (ending === '.webp') return 'webp';
  if (ending === '.gif') return 'gif';
  throw new ExportError(
    localizable('Animations cannot be written as {0} files.', ending),
    localizable('Pass a path that ends in .webp or .gif.'),
  );
}

/** Repeats without end. All frames are in memory at once. */
export async function writeAnimation(
  place: string,
  encoding: Encoding,
  { frames, width, delayMs }: Animation,
): Promise<void> {
  const sharp = await loadSharp();
  const pictures: Buffer[] = [];
  let size: { readonly width: number; readonly height?: number } | undefined;
  for await (const frame of frames) {
    const picture = sharp(frame);
    const own = await picture.metadata();
    size ??= { width: width ?? own.width };
    const { data, info } = await picture
      .resize({
        ...size,
        fit: 'fill',
        // Pixels stay sharp where a picture is enlarged.
        kernel: size.width >= own.width ? 'nearest' : 'lanczos3',
      })
      .toColourspace('srgb')
      .removeAlpha()
      .png()
      .toBuffer({ resolveWithObject: true });
    size = { width: info.width, height: info.height };
    pictures.push(data);
  }
  const animation = sharp(pictures, { join: { animated: true } });
  const timing = { delay: pictures.map((_, index) => Math.round(delayMs(index))), loop: 0 };
  await writeFile(place, await animation[encoding](timing).toBuffer());
}
