/** Rasterises SVG, identically on every machine: the font ships with the product. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

export const FONT_FAMILY = 'DejaVu Sans';

interface Fonts {
  readonly fontBuffers: Uint8Array[];
  readonly defaultFontFamily: string;
  readonly loadSystemFonts: false;
}

let ready: Promise<Fonts> | undefined;

/** Loads the renderer and its fonts once. */
function prepare(): Promise<Fonts> {
  ready ??= (async () => {
    // In an installed extension the packages are next to the bundle; in the source tree they are above it.
    const require = createRequire(import.meta.url);
    await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
    const fonts = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];
    const fontBuffers = await Promise.all(
      fonts.map(
        async (name) => new Uint8Array(await readFile(require.resolve(`dejavu-fonts-ttf/ttf/${name}`))),
      ),
    );
    return { fontBuffers, defaultFontFamily: FONT_FAMILY, loadSystemFonts: false };
  })();
  return ready;
}

/**
 * Rasterises an SVG over white to RGB pixels, `[height, width, 3]` of 0 … 255.
 * @param width in pixels; the height follows from the SVG
 */
export async function rasterPixels(svg: string, width: number): Promise<Uint8Array> {
  const font = await prepare();
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    background: '#fff',
    // Loading the fonts takes longer than drawing most images.
    ...(svg.includes('<text') ? { font } : {}),
  });
  try {
    const { pixels } = picture.render();
    return Uint8Array.from(
      { length: (pixels.length / 4) * 3 },
      (_, i) => pixels[Math.floor(i / 3) * 4 + (i % 3)] ?? 0,
    );
  } finally {
    picture.free();
  }
}

/** @param scale pixels per SVG unit */
export async function rasterise(svg: string, scale = 2): Promise<Uint8Array> {
  const font = await prepare();
  const picture = new Resvg(svg, { fitTo: { mode: 'zoom', value: scale }, font });
  try {
    return picture.render().asPng();
  } finally {
    picture.free();
  }
}

/** Escapes text for use between tags or in an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
