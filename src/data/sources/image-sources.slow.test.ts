import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exampleExtents } from '../../shared/example-shape';
import { sizeOf } from '../../shared/host-tensor';
import { DataNotFetchedError } from '../packages/package-folder';
import { closeDataset, type DataSource, type Dataset } from '../source';
import { emoji } from './emoji';
import { faces } from './faces';
import { fashion } from './fashion';
import { mnist } from './mnist';
import { shapes } from './shapes';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'));
  vi.stubEnv('GAN_WORKBENCH_CACHE', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const context = { baseFolder: '/', seed: 3 };

async function read(examples: Dataset['train']): Promise<{ made: Float32Array; given: Float32Array }> {
  const all = Uint32Array.from({ length: examples.count }, (_, i) => i);
  const made = new Float32Array(examples.count * sizeOf(exampleExtents(examples.shape)));
  const inputSize = examples.input === undefined ? 0 : sizeOf(exampleExtents(examples.input));
  const given = new Float32Array(examples.count * inputSize);
  await examples.read(all, made, undefined, given);
  return { made, given };
}

async function opened<T>(
  source: DataSource,
  options: object,
  use: (data: Dataset) => Promise<T>,
): Promise<T> {
  const dataset = await source.open(source.options.parse(options), context);
  try {
    return await use(dataset);
  } finally {
    await closeDataset(dataset);
  }
}

describe('shapes', () => {
  const options = { imageSize: 32, count: 40 };

  it('are pictures with one class a pixel, each class there, the same from the cache', async () => {
    const first = await opened(shapes, options, async ({ train, heldOut, fingerprint }) => {
      expect([train.count, heldOut.count]).toEqual([36, 4]);
      expect(train.shape).toMatchObject({ channels: 4, labelMap: { names: expect.any(Array) } });
      return { ...(await read(train)), fingerprint };
    });
    const found = [0, 0, 0, 0];
    for (let pixel = 0; pixel < first.made.length; pixel += 4) {
      const oneHot = [...first.made.subarray(pixel, pixel + 4)];
      expect(oneHot.filter((value) => value === 1)).toHaveLength(1);
      expect(oneHot.filter((value) => value === -1)).toHaveLength(3);
      const label = oneHot.indexOf(1);
      found[label] = (found[label] ?? 0) + 1;
    }
    const share = found.map((count) => count / (36 * 1024));
    expect(share[0]).toBeGreaterThan(0.5);
    expect(share.slice(1).every((value) => value > 0.02)).toBe(true);
    expect(first.given.every((value) => value >= -1 && value <= 1)).toBe(true);
    const second = await opened(shapes, options, async (data) => ({
      ...(await read(data.train)),
      fingerprint: data.fingerprint,
    }));
    expect(second).toEqual(first);
  });

  it('are other pictures for another seed', async () => {
    const one = await shapes.open(shapes.options.parse(options), context);
    const other = await shapes.open(shapes.options.parse(options), { ...context, seed: 4 });
    expect(other.fingerprint).not.toBe(one.fingerprint);
  });

  it('change places where the direction is reversed', async () => {
    const forward = await opened(shapes, options, ({ heldOut }) => read(heldOut));
    const back = await opened(shapes, { ...options, direction: 'labels-to-picture' }, ({ heldOut }) =>
      read(heldOut),
    );
    expect(back).toEqual({ made: forward.given, given: forward.made });
  });
});

describe('faces', () => {
  it('are in colour, differ from one another, and are the same each time', async () => {
    const { made, fingerprint } = await opened(faces, { imageSize: 32, count: 20 }, async (data) => ({
      ...(await read(data.train)),
      fingerprint: data.fingerprint,
    }));
    const size = 32 * 32 * 3;
    const images = Array.from({ length: 18 }, (_, i) => [...made.subarray(i * size, (i + 1) * size)].join());
    expect(new Set(images).size).toBe(18);
    // Pins the packages' output: a version that draws differently must change the cache's name.
    expect(fingerprint).toMatchInlineSnapshot(
      `"3c0d37bf47138533397db5f235b4db559915e5241734f78ba86d43eace586b9e"`,
    );
  });
});

describe('data that has not been fetched', () => {
  it.each([
    ['emoji', emoji],
    ['mnist', mnist],
  ])('%s says with which command it is, and its licence', async (name, source) => {
    const refused = opened(source, {}, async () => undefined);
    await expect(refused).rejects.toThrow(DataNotFetchedError);
    await expect(refused).rejects.toThrow('CC BY-SA');
    await expect(refused).rejects.toMatchObject({
      dataName: name,
      commandLineRemedy: {
        text: expect.stringContaining('gan data fetch {0}'),
        values: [name, expect.anything()],
      },
      remedy: expect.not.stringContaining('`'),
    });
  });

  it('fashion says where to get it', async () => {
    const refused = opened(fashion, { folder: folder }, async () => undefined);
    await expect(refused).rejects.toMatchObject({
      message: expect.stringContaining('train-images-idx3-ubyte'),
      remedy: expect.stringContaining('dataset-fashion-mnist'),
    });
  });
});
