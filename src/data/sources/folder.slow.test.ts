import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bmp } from '../../../test/support/bmp';
import { exampleExtents } from '../../shared/example-shape';
import { sizeOf } from '../../shared/host-tensor';
import { DataError } from '../data-error';
import { ImportCancelledError } from '../packed/make-pack';
import { closeDataset, type OpenContext } from '../source';
import { folder as source } from './folder';

/** Names of the decoded images. */
const decoded = vi.hoisted(() => ({ names: [] as string[] }));

vi.mock('../images/draw-picture', async (importOriginal) => {
  const original = await importOriginal<typeof import('../images/draw-picture')>();
  const drawPicture: typeof original.drawPicture = async (...args) => {
    decoded.names.push(args[2]);
    return await original.drawPicture(...args);
  };
  return { ...original, drawPicture };
});

let base = '';
let pictures = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'folder-'));
  pictures = join(base, 'pictures');
  mkdirSync(pictures);
  vi.stubEnv('GAN_WORKBENCH_CACHE', join(base, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true, force: true });
});

type Rgb = readonly [number, number, number];

/** An image with one colour on the left and another on the right. */
function halves(left: Rgb, right: Rgb, width = 16, height = 8): Sharp {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(x < width / 2 ? left : right, 3 * (y * width + x));
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const RED: Rgb = [255, 0, 0];
const BLUE: Rgb = [0, 0, 255];

async function solid(name: string, colour: Rgb): Promise<void> {
  await halves(colour, colour, 8, 8).png().toFile(join(pictures, name));
}

interface Read {
  readonly images: readonly Uint8Array[];
  readonly labels: readonly number[];
  readonly classNames: readonly string[] | undefined;
  readonly fingerprint: string | undefined;
}

/** All examples as bytes, training before held-out. */
async function open(options: object, context: Partial<OpenContext> = {}): Promise<Read> {
  const parsed = source.options.parse({ folder: 'pictures', imageSize: 8, split: 0.001, ...options });
  const dataset = await source.open(parsed, { baseFolder: base, seed: 0, ...context });
  try {
    const images: Uint8Array[] = [];
    const labels: number[] = [];
    for (const { count, shape, read } of [dataset.train, dataset.heldOut]) {
      const size = sizeOf(exampleExtents(shape));
      const values = new Float32Array(count * size);
      const found = new Int32Array(count);
      await read(
        Uint32Array.from({ length: count }, (_, i) => i),
        values,
        found,
      );
      for (let i = 0; i < count; i++)
        images.push(
          Uint8Array.from(values.subarray(i * size, (i + 1) * size), (value) =>
            Math.round((value + 1) * 127.5),
          ),
        );
      labels.push(...found);
    }
    return { images, labels, classNames: dataset.train.classNames, fingerprint: dataset.fingerprint };
  } finally {
    await closeDataset(dataset);
  }
}

function near(found: ArrayLike<number>, expected: readonly number[], tolerance = 12): void {
  for (const [i, value] of expected.entries())
    expect(
      Math.abs((found[i] ?? Number.NaN) - value),
      `${Array.from(found)} against ${expected}`,
    ).toBeLessThanOrEqual(tolerance);
}

const pixel = (image: Uint8Array | undefined, x: number, y: number, channels = 3): number[] =>
  Array.from((image ?? new Uint8Array()).subarray((y * 8 + x) * channels, (y * 8 + x + 1) * channels));

describe('a picture', () => {
  it('is read in every format, wherever it lies', async () => {
    mkdirSync(join(pictures, 'deep', 'er'), { recursive: true });
    const picture = halves(RED, RED, 16, 16);
    await picture.clone().png().toFile(join(pictures, 'a.png'));
    await picture
      .clone()
      .jpeg({ quality: 100 })
      .toFile(join(pictures, 'deep', 'b.JPG'));
    await picture
      .clone()
      .webp({ lossless: true })
      .toFile(join(pictures, 'deep', 'er', 'c.webp'));
    await picture.clone().gif().toFile(join(pictures, 'd.gif'));
    await picture.clone().tiff().toFile(join(pictures, 'e.tiff'));
    const red = Uint8Array.from({ length: 768 }, (_, i) => (i % 3 === 2 ? 255 : 0));
    writeFileSync(join(pictures, 'f.bmp'), bmp({ width: 16, height: 16, bits: 24, pixels: red }));
    writeFileSync(
      join(pictures, 'g.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4" fill="red"/></svg>',
    );
    await sharp(
      new Uint16Array(768).map((_, i) => (i % 3 === 0 ? 65535 : 0)),
      {
        raw: { width: 16, height: 16, channels: 3 },
      },
    )
      .toColourspace('rgb16')
      .png()
      .toFile(join(pictures, 'h.png'));
    writeFileSync(join(pictures, 'notes.txt'), 'no picture');
    writeFileSync(join(pictures, '.hidden.png'), 'no picture');
    const { images } = await open({ maxSkipped: 0 });
    expect(images).toHaveLength(8);
    for (const image of images) near(pixel(image, 4, 4), RED, 4);
  });

  it('is cropped in the middle, letterboxed or stretched', async () => {
    await halves(RED, BLUE, 16, 8).png().toFile(join(pictures, 'a.png'));
    await halves(RED, BLUE, 16, 8).png().toFile(join(pictures, 'b.png'));
    const [cropped] = (await open({ fit: 'crop' })).images;
    near(pixel(cropped, 0, 0), RED);
    near(pixel(cropped, 7, 7), BLUE);
    const [boxed] = (await open({ fit: 'letterbox', background: '#00ff00' })).images;
    near(pixel(boxed, 0, 0), [0, 255, 0]);
    near(pixel(boxed, 0, 4), RED);
    near(pixel(boxed, 7, 4), BLUE);
    near(pixel(boxed, 7, 7), [0, 255, 0]);
    const [stretched] = (await open({ fit: 'stretch' })).images;
    near(pixel(stretched, 0, 0), RED);
    near(pixel(stretched, 7, 7), BLUE);
  });

  it('is cropped at random by its name: not everywhere alike, and the same each time', async () => {
    for (let i = 0; i < 12; i++)
      await halves(RED, BLUE, 64, 8)
        .png()
        .toFile(join(pictures, `${i}.png`));
    const { images } = await open({ fit: 'random-crop' });
    expect(new Set(images.map((image) => image.join())).size).toBeGreaterThan(1);
    rmSync(join(base, 'cache'), { recursive: true });
    expect((await open({ fit: 'random-crop' })).images).toEqual(images);
  });

  it('stands upright as its EXIF says', async () => {
    // Orientation 6: the left of the file is the top of the image.
    for (const name of ['a.jpg', 'b.jpg'])
      await halves(RED, BLUE, 16, 16)
        .jpeg({ quality: 100 })
        .withMetadata({ orientation: 6 })
        .toFile(join(pictures, name));
    const [image] = (await open({})).images;
    near(pixel(image, 1, 1), RED, 30);
    near(pixel(image, 6, 1), RED, 30);
    near(pixel(image, 1, 6), BLUE, 30);
  });

  it('is scaled down with anti-aliasing', async () => {
    const stripes = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 2 === 0 ? 0 : 255));
    for (const name of ['a.png', 'b.png'])
      await sharp(stripes, { raw: { width: 64, height: 64, channels: 1 } })
        .png()
        .toFile(join(pictures, name));
    const [image] = (await open({ channels: 1 })).images;
    near(image ?? [], Array(64).fill(127.5), 6);
  });

  it('has the channels that are asked for, over a background where it is transparent', async () => {
    const clear = {
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 255, alpha: 0 } },
    } as const;
    for (const name of ['a.png', 'b.png']) await sharp(clear).png().toFile(join(pictures, name));
    near(pixel((await open({ background: '#ff0000' })).images[0], 3, 3), RED, 1);
    near(pixel((await open({ channels: 1, background: '#ffffff' })).images[0], 3, 3, 1), [255], 1);
    expect(pixel((await open({ channels: 4 })).images[0], 3, 3, 4)[3]).toBe(0);
    await solid('c.png', RED);
    const { images } = await open({ channels: 4 });
    expect(images.map((image) => pixel(image, 3, 3, 4)[3]).sort()).toEqual([0, 0, 255]);
  });
});

it('passes over what runs have made, wherever a folder of them lies', async () => {
  for (const name of ['one.png', 'two.png']) await solid(name, RED);
  for (const runs of ['gan-runs', 'experiments/gan-runs']) {
    mkdirSync(join(pictures, runs, '00001-a', 'samples'), { recursive: true });
    await solid(`${runs}/00001-a/samples/step-00000100.png`, BLUE);
  }
  expect((await open({ maxSkipped: 0 })).images).toHaveLength(2);
});

describe('labels', () => {
  beforeEach(async () => {
    for (const name of ['cat', 'dog']) mkdirSync(join(pictures, name));
    await solid('cat/1.png', RED);
    await solid('cat/2.png', RED);
    await solid('dog/1.png', BLUE);
    await solid('dog/2.png', BLUE);
  });

  it('are the sub-folders', async () => {
    const { images, labels, classNames } = await open({ labels: 'folders' });
    expect(classNames).toEqual(['cat', 'dog']);
    for (const [i, label] of labels.entries()) near(pixel(images[i], 0, 0), label === 0 ? RED : BLUE, 0);
    expect(labels.toSorted()).toEqual([0, 0, 1, 1]);
  });

  it.each([
    ['labels.csv', 'file,label\ncat/1.png,small\n"dog/1.png",large\ncat/2.png,small\n./dog/2.png,large\n'],
    [
      'labels.json',
      '{"cat/1.png": "small", "cat/2.png": "small", "dog/1.png": "large", "dog/2.png": "large"}',
    ],
    [
      'list.json',
      JSON.stringify(
        ['cat/1.png', 'cat/2.png', 'dog/1.png', 'dog/2.png'].map((file) => ({
          file,
          label: file.startsWith('c') ? 'small' : 'large',
        })),
      ),
    ],
  ])('are those of %s', async (name, text) => {
    writeFileSync(join(base, name), text);
    const { images, labels, classNames } = await open({ labels: name, maxSkipped: 0 });
    expect(classNames).toEqual(['large', 'small']);
    for (const [i, label] of labels.entries()) near(pixel(images[i], 0, 0), label === 1 ? RED : BLUE, 0);
  });

  it('that are missing are said of each picture', async () => {
    await solid('3.png', RED);
    writeFileSync(join(base, 'labels.csv'), 'cat/1.png,1\ncat/2.png,2\n');
    await expect(open({ labels: 'folders', maxSkipped: 0 })).rejects.toThrow('3.png: Not in a subfolder');
    await expect(open({ labels: 'labels.csv', maxSkipped: 2 })).rejects.toThrow(
      /3 of 5 images .* No label in/s,
    );
    expect((await open({ labels: 'labels.csv', maxSkipped: 3 })).classNames).toEqual(['1', '2']);
  });

  it('are those of pictures that are there, also behind a byte order mark', async () => {
    const rows = { 'cat/1.png': 'cat', 'cat/2.png': 'cat', 'dog/1.png': 'dog', 'gone.png': 'bird' };
    writeFileSync(join(base, 'labels.json'), `\uFEFF${JSON.stringify(rows)}`);
    writeFileSync(
      join(base, 'labels.csv'),
      `\uFEFF${Object.entries(rows)
        .map((row) => row.join())
        .join('\n')}`,
    );
    for (const labels of ['labels.json', 'labels.csv'])
      expect((await open({ labels, maxSkipped: 9 })).classNames).toEqual(['cat', 'dog']);
  });

  it.each([
    ['labels.json', '{"a": ', 'is not valid JSON'],
    ['labels.json', '{"a": {}}', 'is not a table of labels'],
    ['labels.csv', 'a.png\n', 'has only one column in row 1'],
    ['labels.csv', 'a.png,1\na.png,1\n./a.png,2\n', 'gives a.png two labels, "1" and "2"'],
    ['labels.csv', '"a', 'is not valid CSV'],
  ])('of a damaged %s are refused', async (name, text, message) => {
    writeFileSync(join(base, name), text);
    await expect(open({ labels: name })).rejects.toThrow(message);
  });
});

describe('the packed cache', () => {
  const progress = () => {
    const calls: { done: number; total: number }[] = [];
    return {
      calls,
      onProgress: ({ done, total }: { done: number; total: number }) => calls.push({ done, total }),
    };
  };
  const packs = (): string[] => readdirSync(join(base, 'cache', 'packs'));

  beforeEach(async () => {
    for (let i = 0; i < 6; i++) await solid(`${i}.png`, [40 * i, 0, 0]);
  });

  it('opens at once where nothing has changed', async () => {
    const first = progress();
    const before = await open({}, { onProgress: first.onProgress });
    expect(first.calls).toEqual(Array.from({ length: 6 }, (_, i) => ({ done: i + 1, total: 6 })));
    const second = progress();
    expect(await open({}, { onProgress: second.onProgress })).toEqual(before);
    expect(second.calls).toEqual([]);
  });

  it('takes what has not changed from the one before, and does the rest alone', async () => {
    await open({});
    decoded.names = [];
    await solid('2.png', BLUE);
    utimesSync(join(pictures, '2.png'), 1, 1);
    rmSync(join(pictures, '3.png'));
    await solid('7.png', [0, 99, 0]);
    const { images } = await open({});
    expect(decoded.names.toSorted()).toEqual(['2.png', '7.png']);
    expect(new Set(images.map((image) => pixel(image, 0, 0).join()))).toEqual(
      new Set(['0,0,0', '40,0,0', '0,0,255', '160,0,0', '200,0,0', '0,99,0']),
    );
    expect(packs()).toHaveLength(1);
  });

  it('is another for another content, whatever the size and the time of the file', async () => {
    const first = join(pictures, '1.png');
    utimesSync(first, 1000, 1000);
    const { size } = statSync(first);
    await open({});
    await solid('1.png', [240, 0, 0]);
    utimesSync(first, 1000, 1000);
    expect(statSync(first).size).toBe(size);
    const { images } = await open({});
    expect(images.map((image) => pixel(image, 0, 0).join())).toContain('240,0,0');
  });

  it('is another for other settings', async () => {
    await open({});
    expect(pixel((await open({ channels: 1 })).images[5], 0, 0, 1)).toHaveLength(1);
    expect(packs()).toHaveLength(2);
  });

  it.each([
    ['cut off', (file: string) => truncateSync(file, 5000)],
    ['longer', (file: string) => appendFileSync(file, 'x')],
    ['half-written', (file: string) => writeFileSync(file, Buffer.alloc(10000))],
  ])('is made again where it is %s', async (_, harm) => {
    const before = await open({});
    harm(join(base, 'cache', 'packs', packs()[0] ?? ''));
    expect(await open({})).toEqual(before);
  });

  it('is not there after a cancelled import', async () => {
    const abort = new AbortController();
    const cancelled = open(
      {},
      { signal: abort.signal, onProgress: ({ done }) => done === 3 && abort.abort() },
    );
    await expect(cancelled).rejects.toThrow(ImportCancelledError);
    expect(packs()).toEqual([]);
    expect((await open({})).images).toHaveLength(6);
  });

  it('is not begun where the folder was still being listed when it was cancelled', async () => {
    const abort = new AbortController();
    const cancelled = open({}, { signal: abort.signal });
    abort.abort();
    await expect(cancelled).rejects.toThrow(ImportCancelledError);
    expect(readdirSync(base)).not.toContain('cache');
  });

  it('holds the state after a change during the import', async () => {
    for (let i = 10; i < 40; i++) await solid(`${i}.png`, [0, i, 0]);
    const later = join(base, 'later.png');
    await halves(BLUE, BLUE, 8, 8).png().toFile(later);
    let once = true;
    const { images } = await open(
      { maxSkipped: 0 },
      {
        onProgress() {
          if (!once) return;
          once = false;
          renameSync(later, join(pictures, '9.png'));
          rmSync(join(pictures, '39.png'));
          cpSync(join(pictures, '9.png'), join(pictures, '38.png'));
        },
      },
    );
    const colours = images.map((image) => pixel(image, 0, 0).join());
    expect(colours.filter((colour) => colour === '0,0,255')).toHaveLength(2);
    expect(colours).not.toContain('0,39,0');
    expect(colours).not.toContain('0,38,0');
    expect(images).toHaveLength(36);
  });

  it('is refused where the folder keeps changing', async () => {
    for (let i = 10; i < 40; i++) await solid(`${i}.png`, [0, i, 0]);
    await solid('9.png', RED);
    let time = 1;
    const never = open(
      {},
      { onProgress: ({ done }) => done === 1 && utimesSync(join(pictures, '9.png'), 1, time++) },
    );
    await expect(never).rejects.toThrow('keeps changing');
    expect(packs()).toEqual([]);
  });
});

/** Root can read everything, so tests of missing permission run as user nobody. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return await work();
  // The cache is written there, so it must be writable.
  const nobody = 65534;
  chownSync(base, nobody, nobody);
  process.seteuid?.(nobody);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** A PNG whose header claims any size; its pixels are zeros that compress to almost nothing. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1 << 20))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('what cannot be used', () => {
  beforeEach(async () => {
    await solid('good 1.png', RED);
    await solid('good 2.png', RED);
  });

  it.each([
    ['a text', () => writeFileSync(join(pictures, 'bad.png'), 'no picture'), /bad\.png: Cannot be decoded/],
    ['an empty file', () => writeFileSync(join(pictures, 'bad.png'), ''), /bad\.png: Empty file/],
    [
      'a cut off JPEG',
      async () => {
        await halves(RED, BLUE, 200, 200).jpeg().toFile(join(pictures, 'bad.jpg'));
        truncateSync(join(pictures, 'bad.jpg'), statSync(join(pictures, 'bad.jpg')).size >> 1);
      },
      /bad\.jpg: Cannot be decoded/,
    ],
    [
      'a decompression bomb',
      () => writeFileSync(join(pictures, 'bad.png'), bomb(60000, 60000)),
      /bad\.png: 60000×60000 pixels \(3600 megapixels\), above the limit of 268/,
    ],
    [
      'a BMP that promises too much',
      () => {
        const bytes = bmp({ width: 50000, height: -50000, bits: 24, pixels: new Uint8Array(9) });
        writeFileSync(join(pictures, 'bad.bmp'), bytes);
      },
      /bad\.bmp: 50000×50000 pixels do not fit/,
    ],
    [
      'a link out of the folder',
      async () => {
        await halves(RED, RED).png().toFile(join(base, 'outside.png'));
        symlinkSync(join(base, 'outside.png'), join(pictures, 'bad.png'));
      },
      /bad\.png: Links out of the folder are not followed/,
    ],
    [
      'a link to a folder',
      () => symlinkSync(pictures, join(pictures, 'bad')),
      /bad: Links to folders are not followed/,
    ],
    [
      'a link to a folder under the name of a picture',
      () => {
        mkdirSync(join(pictures, 'inner'));
        symlinkSync(join(pictures, 'inner'), join(pictures, 'bad.png'));
      },
      /bad\.png: Link to something other than a file/,
    ],
    [
      'a link that leads nowhere',
      () => symlinkSync(join(pictures, 'gone'), join(pictures, 'bad.png')),
      /bad\.png: Broken link/,
    ],
  ])('%s is named, skipped where that is allowed, and refused where it is not', async (_, make, reason) => {
    await make();
    expect((await open({ maxSkipped: 1 })).images).toHaveLength(2);
    const refused = open({ maxSkipped: 0 });
    await expect(refused).rejects.toThrow(DataError);
    await expect(refused).rejects.toThrow(reason);
    await expect(refused).rejects.toThrow('1 of 3 images');
  });

  // Windows has no such file modes.
  it.skipIf(process.getuid === undefined)('may not be read, and is once it may', async () => {
    await solid('bad.png', BLUE);
    mkdirSync(join(pictures, 'closed'));
    chmodSync(join(pictures, 'bad.png'), 0);
    chmodSync(join(pictures, 'closed'), 0);
    await asNobody(async () => {
      expect((await open({ maxSkipped: 2 })).images).toHaveLength(2);
      const refused = open({ maxSkipped: 1 });
      await expect(refused).rejects.toThrow(/2 of 4 images/);
      await expect(refused).rejects.toThrow('bad.png: Permission denied');
    });
    chmodSync(join(pictures, 'closed'), 0o755);
    chmodSync(join(pictures, 'bad.png'), 0o644);
    await asNobody(async () => expect((await open({ maxSkipped: 0 })).images).toHaveLength(3));
  });

  it.skipIf(process.getuid === undefined)(
    'may no longer be read when its turn comes, and is tried again',
    async () => {
      await solid('z.png', BLUE);
      for (let i = 0; i < 40; i++) await solid(`${i}.png`, RED);
      const close = ({ done }: { done: number }): void => {
        if (done === 1) chmodSync(join(pictures, 'z.png'), 0);
      };
      if (process.getuid?.() === 0) chownSync(join(pictures, 'z.png'), 65534, 65534);
      await asNobody(async () => {
        await expect(open({ maxSkipped: 1 }, { onProgress: close })).rejects.toThrow(
          'cannot be read at the moment',
        );
        chmodSync(join(pictures, 'z.png'), 0o644);
        expect((await open({ maxSkipped: 0 })).images).toHaveLength(43);
      });
    },
  );

  it('took too long, and is tried again', async () => {
    await solid('slow.png', BLUE);
    vi.spyOn(sharp.prototype, 'toBuffer').mockRejectedValueOnce(new Error('timeout: 42% complete'));
    const refused = open({ maxSkipped: 1 });
    await expect(refused).rejects.toThrow('cannot be read at the moment: 1.');
    await expect(refused).rejects.toThrow('Cannot be decoded (timeout: 42% complete)');
    expect((await open({ maxSkipped: 0 })).images).toHaveLength(3);
  });

  it('is done with a picture of 100 megapixels', async () => {
    await sharp({ create: { width: 10000, height: 10000, channels: 3, background: { r: 0, g: 0, b: 255 } } })
      .png({ compressionLevel: 1 })
      .toFile(join(pictures, 'huge.png'));
    const { images } = await open({ maxSkipped: 0 });
    expect(images.filter((image) => pixel(image, 4, 4)[2] === 255)).toHaveLength(1);
  });

  it.each([
    ['missing', 'gone', 'does not exist'],
    ['a file', 'pictures/good 1.png', 'is a file, not a folder'],
    ['empty', 'empty', 'has no usable images'],
  ])('a folder that is %s is refused', async (_, name, message) => {
    mkdirSync(join(base, 'empty'));
    await expect(open({ folder: name })).rejects.toThrow(message);
  });
});
