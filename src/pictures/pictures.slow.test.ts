import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { Random } from '../random/random';
import { float32 } from '../shared/host-tensor';
import type { StepRecord } from '../shared/run-format';
import { ticks } from './axes';
import { gridPng } from './grid';
import { LossCurves, lossPlotPng, lossPlotSvg } from './loss-plot';
import { scatterPng } from './scatter';

describe('a sample grid', () => {
  it('puts image after image in rows, enlarged in whole pixels, with a gutter', async () => {
    const values = Float32Array.of(-1, 0, 1, 1);
    const picture = decode(await gridPng(float32([4, 1, 1, 1], values), { columns: 2 }));
    expect(picture.channels).toBe(1);
    const scale = 240;
    const at = (x: number, y: number): number => picture.data[y * picture.width + x] ?? -1;
    expect(at(scale / 2, scale / 2)).toBe(96);
    expect(at(scale * 1.5, scale * 1.5)).toBe(0);
    expect(at(scale * 3.5, scale * 1.5)).toBe(128);
    expect(at(scale * 1.5, scale * 3.5)).toBe(255);
  });

  it('keeps colours, and clips what is outside the range', async () => {
    const picture = decode(await gridPng(float32([1, 1, 1, 3], Float32Array.of(-5, 0, 5))));
    const middle = (Math.floor(picture.height / 2) * picture.width + Math.floor(picture.width / 2)) * 3;
    expect(Array.from(picture.data.subarray(middle, middle + 3))).toEqual([0, 128, 255]);
  });

  it('refuses what is no batch of images', async () => {
    await expect(gridPng(float32([2, 3]))).rejects.toThrow('[2, 3]');
  });
});

describe('axis ticks', () => {
  it('are round and inside the range', () => {
    expect(ticks({ low: 0, high: 2000 }, 8)).toEqual([0, 500, 1000, 1500, 2000]);
    expect(ticks({ low: 0, high: 1 }, 4)).toEqual([0, 0.5, 1]);
    expect(ticks({ low: -0.13, high: 0.31 }, 4)).toEqual([0, 0.2]);
    expect(ticks({ low: 3, high: 3 }, 4)).toEqual([3]);
  });
});

const record = (step: number): StepRecord => ({
  schemaVersion: 1,
  type: 'step',
  step,
  images: step,
  seconds: step,
  imagesPerSecond: 1,
  discriminatorLoss: 1,
  generatorLoss: step % 2,
  realScore: 0.6,
  fakeScore: 0.4,
  discriminatorGradientNorm: 1,
  generatorGradientNorm: 1,
});

function curvesOf(count: number): LossCurves {
  const curves = new LossCurves();
  for (let step = 1; step <= count; step++) curves.add(record(step));
  return curves;
}

describe('the loss plot', () => {
  it('is drawn from one record and from many', async () => {
    for (const count of [1, 5000]) {
      const picture = decode(await lossPlotPng(curvesOf(count), 'a <run> & "more"'));
      expect([picture.width, picture.height]).toEqual([1720, 1120]);
    }
  });

  it('escapes its title and thins out its lines', () => {
    const svg = lossPlotSvg(curvesOf(100_000), '<&>');
    expect(svg).toContain('&#60;&#38;&#62;');
    expect(svg.length).toBeLessThan(200_000);
  });
});

describe('the scatter plot', () => {
  it('shows generated points over the heat map', async () => {
    const random = Random.seeded(1, 'scatter');
    const points = () => float32([50, 2], random.fillUniform(new Float32Array(100), -1, 1));
    const heat = float32([4, 4], new Float32Array(16).fill(1));
    const picture = decode(await scatterPng({ real: points(), fake: points(), heat, extent: 2 }));
    expect(picture.width).toBe(720);
    const corner = Array.from(picture.data.subarray(0, 3));
    expect(corner).toEqual([142, 193, 228]);
  });
});
