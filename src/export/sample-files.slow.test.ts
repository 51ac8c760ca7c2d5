import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkpointedRun, folderData } from '../../test/support/checkpointed-run';
import { stylegan2 } from '../../test/support/small-networks';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { openNumpy } from '../data/images/npy';
import { planSamples, type SampleRequest, SamplingError } from '../session/sampling';
import { openGenerator } from '../session/stored-run';
import { writeOutput } from '../storage/placed-output';
import { counted, keepLatents, writePngs, writeSampleArchive } from './sample-files';

const images = {
  data: folderData(),
  latent: { size: 5 },
  generator: { network: 'dcgan', channels: [4, 3], kernelSize: 3 },
  discriminator: { network: 'dcgan', channels: [3, 4], kernelSize: 3 },
};
const byClass = { ...images, data: folderData({ labels: 'folders' }), conditioning: 'projection' };

async function opened(experiment: object) {
  const folder = await temporaryFolder();
  const run = await checkpointedRun(folder, experiment);
  const generator = await openGenerator(run);
  onTestFinished(() => generator.close());
  const files = async (request: Partial<SampleRequest>) => {
    const plan = await planSamples(generator, { seed: 0, ...request });
    return { ...plan, example: generator.task.example, batches: plan.batches() };
  };
  return { folder, generator, files };
}

async function arrayIn(file: string, name: string) {
  const { arrays, close } = await openNumpy(file);
  onTestFinished(close);
  const array = arrays.get(name);
  if (array === undefined) throw new Error(`${file} has no ${name}`);
  return {
    shape: array.shape,
    values: [
      ...(await array.values(
        0,
        array.shape.reduce((a, b) => a * b, 1),
      )),
    ],
  };
}

describe('samples', () => {
  it('are the same as single pictures, as arrays, and from their saved latents', async () => {
    const { folder, files } = await opened(images);
    const latents = join(folder, 'z.npy');
    const [first, second] = [join(folder, 'a.npz'), join(folder, 'b.npz')];
    const asked = await files({ count: 70 });
    const reports: number[] = [];
    await writeSampleArchive(first, {
      ...asked,
      batches: counted(keepLatents(latents, 70, asked.batches), (done) => reports.push(done)),
    });
    expect(reports).toEqual([64, 70]);
    const all = await arrayIn(first, 'arr_0');
    expect(all.shape).toEqual([70, 8, 8, 3]);
    expect(new Set(all.values).size).toBeGreaterThan(20);

    await writeSampleArchive(second, await files({ latentFile: latents }));
    expect(await readFile(second)).toEqual(await readFile(first));

    const pngs = join(folder, 'pngs');
    const again = await files({ count: 70 });
    await writeOutput({ path: pngs, kind: 'folder', replaces: false }, (place) => writePngs(place, again));
    const names = (await readdir(pngs)).sort();
    expect([names.length, names[0], names.at(-1)]).toEqual([70, '00.png', '69.png']);
    const last = decode(await readFile(join(pngs, '69.png')));
    expect([last.width, last.height, last.channels]).toEqual([8, 8, 3]);
    expect([...last.data]).toEqual(all.values.slice(-192));
  });

  it('do not depend on how many are asked for', async () => {
    const { folder, files } = await opened(images);
    const few = join(folder, 'few.npz');
    const many = join(folder, 'many.npz');
    await writeSampleArchive(few, await files({ count: 3 }));
    await writeSampleArchive(many, await files({ count: 66 }));
    const part = (await arrayIn(many, 'arr_0')).values.slice(0, 3 * 192);
    expect((await arrayIn(few, 'arr_0')).values).toEqual(part);
  });

  it('take the classes in turn, or the one that is asked for', async () => {
    const { folder, generator, files } = await opened({
      ...byClass,
      data: { source: 'digits', batchSize: 4 },
    });
    const classes = generator.task.latents?.classes ?? 0;
    const file = join(folder, 'a.npz');
    await writeSampleArchive(file, await files({ count: classes + 2 }));
    const inTurn = (await arrayIn(file, 'arr_1')).values;
    expect(inTurn).toEqual([...Array(classes).keys(), 0, 1]);
    await writeSampleArchive(file, await files({ count: 2, label: 1 }));
    expect((await arrayIn(file, 'arr_1')).values).toEqual([1, 1]);
    await expect(files({ count: 2, label: classes })).rejects.toThrow(SamplingError);
  });
});

describe('truncated samples', () => {
  it('of a generator with styles are nearer to each other, and all the same at 0', async () => {
    const { files } = await opened(stylegan2);
    const spread = async (truncation?: number): Promise<number> => {
      const plan = await files({ count: 2, ...(truncation === undefined ? {} : { truncation }) });
      for await (const { examples } of plan.batches) {
        const half = examples.data.length / 2;
        let sum = 0;
        for (let i = 0; i < half; i++) sum += ((examples.data[i] ?? 0) - (examples.data[half + i] ?? 0)) ** 2;
        return sum;
      }
      return Number.NaN;
    };
    const whole = await spread();
    expect(whole).toBeGreaterThan(0);
    expect(await spread(1)).toBeCloseTo(whole, 4);
    expect(await spread(0.5)).toBeLessThan(whole);
    expect(await spread(0)).toBe(0);
  });
});

describe('a request that does not fit', () => {
  it.each([
    ['a class of a run without', { count: 1, label: 0 }, 'This run has no classes.'],
    ['a truncation of a run without styles', { count: 1, truncation: 0.5 }, 'has no styles'],
    ['nothing', {}, 'Neither the number of samples nor their latents are given.'],
  ])('%s', async (_, request, message) => {
    const { files } = await opened(images);
    await expect(files(request)).rejects.toThrow(message);
  });

  it('latents of another run, or too few of them', async () => {
    const { folder, files } = await opened(images);
    const latents = join(folder, 'z.npy');
    const plan = await files({ count: 2 });
    for await (const _ of keepLatents(latents, 2, plan.batches));
    await expect(files({ latentFile: join(folder, 'none.npy') })).rejects.toThrow('There is no file');
    await expect(files({ count: 3, latentFile: latents })).rejects.toThrow('has 2 latents, but 3 samples');
    const other = await opened({ ...images, latent: { size: 6 } });
    await expect(other.files({ latentFile: latents })).rejects.toThrow(
      'holds [2, 5], but the latents of this run are [count, 6]',
    );
  });

  it('single pictures of points', async () => {
    const { folder, files } = await opened({
      data: { source: 'points2d', batchSize: 4 },
      generator: { network: 'mlp', hidden: [6] },
      discriminator: { network: 'mlp', hidden: [6] },
      latent: { size: 2 },
    });
    await expect(writePngs(folder, await files({ count: 2 }))).rejects.toThrow('points, not images');
    const file = join(folder, 'points.npz');
    await writeSampleArchive(file, await files({ count: 2 }));
    expect((await arrayIn(file, 'arr_0')).shape).toEqual([2, 2]);
  });
});
