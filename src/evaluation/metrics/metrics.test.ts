import { expect, it } from 'vitest';
import { pointDistribution } from '../../data/points/distributions/registry';
import { Random } from '../../random/random';
import { classScoresOf } from '../../shared/class-scores';
import { float32 } from '../../shared/host-tensor';
import { formatText } from '../../shared/localizable-text';
import { SCORE_KINDS } from '../../shared/scores';
import { binomialLowerTail } from '../algebra/binomial';
import { floatMatrix, multiplyPlainly } from '../algebra/matrix';
import { baselinesOf, bicubic, meanTarget } from '../baselines';
import { evaluate } from '../evaluate';
import { metrics } from '../registry';
import { likeliestClasses, shareEqual } from './class-accuracy';
import { fid } from './fid';
import { classShares, everyNth, inceptionScoreOf } from './inception-score';
import { jensenShannon, jensenShannonDivergence } from './jensen-shannon';
import { kid } from './kid';
import { meanAbsoluteError } from './l1';
import { meanIntersectionOverUnion } from './mean-iou';
import { countModes } from './modes';
import { neighbourhoods } from './neighbourhoods';
import { accuracyOfPixels } from './pixel-accuracy';
import { peakSignalToNoise } from './psnr';
import { projected, wassersteinOfSorted } from './sliced-wasserstein';
import { structuralSimilarity } from './ssim';
import { countStackedModes } from './stacked-modes';
import { wasserstein, wassersteinDistances } from './wasserstein';

function mixtureOf(name: string) {
  const { mixture } = pointDistribution(name);
  if (mixture === undefined) throw new Error(`${name} is no mixture`);
  return mixture;
}

const images = (shape: readonly number[], ...values: number[]) => float32(shape, Float32Array.from(values));

it('measures the error of pixels by hand', () => {
  const target = images([2, 1, 2, 1], 0, 0, 1, 1);
  const made = images([2, 1, 2, 1], 0.5, -0.5, 1, 0);
  expect(meanAbsoluteError(made, target)).toBe(0.5);
  // Mean squared errors 0.25 and 0.5, at a range of 2.
  expect(peakSignalToNoise(made, target)).toBeCloseTo((10 * Math.log10(16) + 10 * Math.log10(8)) / 2, 10);
  expect(peakSignalToNoise(target, target)).toBe(100);
});

it('finds equal images alike, and a negative unlike', () => {
  const values = Float32Array.from({ length: 144 }, (_, i) => Math.sin(i));
  const image = float32([1, 12, 12, 1], values);
  const negative = float32(
    [1, 12, 12, 1],
    values.map((value) => -value),
  );
  expect(structuralSimilarity(image, image)).toBeCloseTo(1, 12);
  expect(structuralSimilarity(image, negative)).toBeLessThan(-0.5);
});

it('counts the pixels of label maps', () => {
  // Target classes 0 0 1 2, output classes 0 1 1 1.
  const target = images([1, 1, 4, 3], 1, -1, -1, 1, -1, -1, -1, 1, -1, -1, -1, 1);
  const made = images([1, 1, 4, 3], 1, -1, -1, -1, 1, -1, -1, 1, -1, -1, 0.2, 0.1);
  expect(accuracyOfPixels(made, target)).toBe(0.5);
  expect(meanIntersectionOverUnion(made, target)).toBeCloseTo((1 / 2 + 1 / 3 + 0) / 3, 12);
});

it('leaves out a class that is nowhere', () => {
  const map = images([1, 1, 2, 3], 1, -1, -1, -1, 1, -1);
  expect(meanIntersectionOverUnion(map, map)).toBe(1);
});

it('counts modes and good samples', () => {
  const points = images([4, 2], 2, 0, 2.1, 0.1, 0, 2, 0, 0);
  const { modesCovered, highQualityShare } = countModes(points, mixtureOf('ring'));
  expect(modesCovered).toBe(2);
  expect(highQualityShare).toBe(0.75);
});

it('counts the modes of stacked data, and compares their distribution with that of the data', () => {
  const expected = Float64Array.of(0.5, 0.25, 0.125, 0.125);
  const { modes, divergence } = countStackedModes(Int32Array.of(0, 0, 0, 1), expected);
  expect(modes).toBe(2);
  expect(divergence).toBeCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(1), 12);
  expect(countStackedModes(Int32Array.of(0, 0, 0, 0, 1, 1, 2, 3), expected).divergence).toBeCloseTo(0, 12);
});

it('takes the likeliest class', () => {
  const found = likeliestClasses(floatMatrix(3, 2, [0.9, 0.1, 0.2, 0.8, 0.5, 0.5]));
  expect([...found]).toEqual([0, 1, 0]);
  expect(shareEqual(found, Int32Array.of(0, 1, 1))).toBeCloseTo(2 / 3, 12);
});

it('gives as many as there are classes for sure and even samples', () => {
  expect(inceptionScoreOf(floatMatrix(4, 2, [1, 0, 0, 1, 1, 0, 0, 1]))).toBeCloseTo(2, 12);
  expect(inceptionScoreOf(floatMatrix(2, 2, [0.5, 0.5, 0.5, 0.5]))).toBeCloseTo(1, 12);
});

it('Inception score takes each of its parts from all classes, also where samples stand class by class', () => {
  const classByClass = floatMatrix(4, 2, [1, 0, 1, 0, 0, 1, 0, 1]);
  expect([...everyNth(classByClass, 1, 2).data]).toEqual([1, 0, 0, 1]);
});

it('tells how often classes come among samples, where as many are expected that it means something', () => {
  // Of 100 samples 70 are of class 0 and 30 of class 1; 2 % of the real ones are of class 3.
  const probabilities = floatMatrix(
    100,
    4,
    Array.from({ length: 400 }, (_, i) => (i % 4 === (i < 280 ? 0 : 1) ? 1 : 0)),
  );
  const ofReal = floatMatrix(50, 4);
  for (let i = 0; i < 50; i++) ofReal.data[4 * i + (i === 0 ? 3 : i < 15 ? 2 : i < 25 ? 1 : 0)] = 1;
  expect(classShares(probabilities, { probabilities: ofReal, names: ['a', 'b', 'c', 'd'] })).toEqual([
    { label: 'a', share: 1.4 },
    { label: 'b', share: 1.5 },
    { label: 'c', share: 0 },
  ]);
});

it('moves earth between samples of unequal size', () => {
  expect(wassersteinOfSorted(Float64Array.of(0, 1), Float64Array.of(0, 0, 1, 1))).toBe(0);
  expect(wassersteinOfSorted(Float64Array.of(0), Float64Array.of(1, 3))).toBe(2);
});

it('projects examples part by part, however many there are', async () => {
  const examples = float32([150, 2], Random.seeded(6, 'test').fillNormal(new Float32Array(300)));
  const directions = floatMatrix(2, 2, [1, 0, 0, -1]);
  const sizes: number[] = [];
  const { data } = await projected(examples, directions, (a, b, options) => {
    sizes.push(b.rows);
    return multiplyPlainly(a, b, options);
  });
  expect(sizes).toEqual([64, 64, 22]);
  for (let i = 0; i < 150; i++) {
    expect(data[i]).toBe(examples.data[2 * i]);
    expect(data[150 + i]).toBeCloseTo(-(examples.data[2 * i + 1] ?? 0), 12);
  }
});

it('sums the tail of a fair coin', () => {
  expect(binomialLowerTail(1, 3, 0.5)).toBeCloseTo(0.5, 12);
  expect(binomialLowerTail(3, 3, 0.5)).toBe(1);
});

it('predicts without learning', () => {
  const example = { kind: 'image', height: 4, width: 4, channels: 1 } as const;
  const given = images([1, 2, 2, 1], 0.5, 0.5, 0.5, 0.5);
  const enlarged = bicubic(given, example);
  expect(enlarged.shape).toEqual([1, 4, 4, 1]);
  for (const value of enlarged.data) expect(value).toBeCloseTo(0.5, 6);
  expect([...meanTarget(images([2, 1, 1, 2], 0, 1, 1, 0), 2).data]).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(Object.keys(baselinesOf(given, float32([1, 4, 4, 1]), example))).toEqual(['meanTarget', 'bicubic']);
  const same = { ...example, height: 2, width: 2 };
  expect(baselinesOf(given, float32([1, 2, 2, 1]), same).copyInput).toBe(given);
});

it('moves points as little as possible', () => {
  const here = images([2, 2], 0, 0, 1, 0);
  const there = images([2, 2], 1, 0, 3, 0);
  // Either pairing has the same mean distance, but not the same mean square.
  const { first, second } = wassersteinDistances(here, there, 2);
  expect(first).toBeCloseTo(1.5, 12);
  expect(second).toBeCloseTo(Math.sqrt(2.5), 12);
  expect(wassersteinDistances(here, images([2, 2], 1, 0, 0, 0), 2)).toEqual({ first: 0, second: 0 });
});

it('measures divergence in bits, whatever the counts sum to', () => {
  const of = (...counts: number[]): Float64Array => Float64Array.from(counts);
  expect(jensenShannonDivergence(of(1, 3), of(2, 6))).toBe(0);
  expect(jensenShannonDivergence(of(1, 0), of(0, 9))).toBe(1);
  // p = (1, 0), q = (1/2, 1/2): log2(4/3)/2 + (log2(2/3)/2 + 1/2)/2.
  const expected = (Math.log2(4 / 3) + Math.log2(2 / 3) / 2 + 0.5) / 2;
  expect(jensenShannonDivergence(of(4, 0), of(1, 1))).toBeCloseTo(expected, 12);
});

it('says how far real points are from others of their kind', async () => {
  const drawn = (count: number, stream: string) => {
    const random = Random.seeded(1, stream);
    const ring = pointDistribution('ring');
    const points = float32([count, 2]);
    for (let i = 0; i < count; i++) {
      const { x, y } = ring.draw(random);
      points.data.set([x, y], 2 * i);
    }
    return points;
  };
  const scored = { ...evidence, generated: drawn(300, 'one'), reference: drawn(700, 'other') };
  const { records } = await evaluate([wasserstein, jensenShannon], scored, protocol, 1);
  expect(records.map(({ name, details }) => [name, details?.points])).toEqual([
    ['wasserstein1', 256],
    ['wasserstein2', 256],
    ['jensenShannon', 300],
  ]);
  for (const { value, details } of records) {
    expect(value).toBeGreaterThan(0);
    expect(details?.realAgainstReal).toBeGreaterThan(0.25 * value);
    expect(details?.realAgainstReal).toBeLessThan(4 * value);
  }
  const many = { ...scored, generated: drawn(700, 'many') };
  const [divergence] = (await evaluate([jensenShannon], many, protocol, 1)).records;
  expect(divergence?.details).toMatchObject({ points: 350, realAgainstReal: expect.any(Number) });
  const collapsed = { ...scored, generated: float32([300, 2], new Float32Array(600).fill(1.4)) };
  const worse = await evaluate([wasserstein, jensenShannon], collapsed, protocol, 1);
  worse.records.forEach(({ value }, i) => {
    expect(value).toBeGreaterThan(3 * (records[i]?.value ?? 1));
  });
});

const evidence = {
  example: { kind: 'points', dimensions: 2 },
  generated: images([3, 2], 0, 0, 1, 1, 2, 0),
  reference: images([3, 2], 0, 0, 1, 1, 2, 0),
  multiply: multiplyPlainly,
} as const;
const protocol = { reference: 'held-out examples', data: '0123456789abcdef', seed: 0 } as const;

it('says that there are too few samples instead of scoring them', async () => {
  const features = floatMatrix(3, 3, [0, 0, 1, 1, 0, 1, 2, 1, 0]);
  const scored = { ...evidence, features: { reference: features, generated: features } };
  const { records, refusals } = await evaluate([fid], scored, protocol, 7);
  expect(records).toEqual([]);
  expect(refusals[0] && formatText(refusals[0].reason)).toContain('too few for 3 features');
});

it('names in a record what it was measured by', async () => {
  const [record] = (await evaluate(metrics, evidence, protocol, 7)).records;
  expect(record).toMatchObject({
    type: 'score',
    step: 7,
    name: 'slicedWasserstein',
    value: 0,
    protocol: '3 samples against 3 held-out examples of data 01234567',
    details: { referenceCount: 3, data: protocol.data, seed: 0 },
  });
});

it('scores single classes, and says which have too few examples', async () => {
  const random = Random.seeded(4, 'features');
  // The last class has five examples; the second set is generated far off.
  const labels = Int32Array.from({ length: 65 }, (_, i) => Math.min(2, Math.floor(i / 30)));
  const rows = (shift: number) =>
    floatMatrix(
      65,
      2,
      random.fillNormal(new Float32Array(130)).map((value, i) => value + (i >= 60 ? shift : 0)),
    );
  const features = {
    reference: rows(0),
    generated: rows(3),
    classes: { count: 3, names: ['cat', 'dog', 'emu'], reference: labels, generated: labels },
  };
  const { records } = await evaluate([fid, kid, neighbourhoods], { ...evidence, features }, protocol, 7);
  for (const name of ['fid', 'kid', 'recall']) {
    const record = records.find((one) => one.name === name);
    const [cat, dog, emu] = classScoresOf(record ?? {});
    expect([cat?.label, dog?.label, emu?.label]).toEqual(['cat', 'dog', 'emu']);
    if (name === 'recall') expect(dog?.value).toBeLessThan(cat?.value ?? 0);
    else expect(dog?.value).toBeGreaterThan(5 * (cat?.value ?? 0) + 1);
    if (name === 'kid') expect(emu).toEqual({ label: 'emu' });
  }
});

it('tells apart scores of other data and of other latents', async () => {
  const protocolOf = async (changes: object): Promise<string | undefined> =>
    (await evaluate(metrics, evidence, { ...protocol, ...changes }, 7)).records[0]?.protocol;
  const all = await Promise.all([{}, { data: 'fedcba9876543210' }, { seed: 5 }].map(protocolOf));
  expect(new Set(all).size).toBe(3);
  expect(all[2]).toContain('seed 5');
});

it('ranks every score that a metric gives', async () => {
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % 2);
  const rows = floatMatrix(40, 2, Random.seeded(1, 'test').fillNormal(new Float32Array(80)));
  const map = {
    kind: 'image',
    height: 12,
    width: 12,
    channels: 2,
    labelMap: { names: [], colours: [] },
  } as const;
  const maps = float32([40, 12, 12, 2]);
  const all = {
    example: map,
    generated: maps,
    reference: maps,
    pairs: { targets: maps, baselines: {} },
    features: { reference: rows, generated: rows },
    classes: {
      probabilities: floatMatrix(40, 2, new Float32Array(80).fill(0.5)),
      asked: labels,
      accuracy: 1,
    },
    multiply: multiplyPlainly,
  } as const;
  const images = await evaluate(metrics, all, protocol, 1);
  const points = await evaluate(metrics, { ...evidence, mixture: mixtureOf('ring') }, protocol, 1);
  const stack = { modes: Int32Array.of(0, 1), expected: Float64Array.of(0.5, 0.5), accuracy: 1 };
  const stacked = await evaluate(metrics, { ...evidence, stack }, protocol, 1);
  const names = new Set([...images.records, ...points.records, ...stacked.records].map(({ name }) => name));
  expect([...names].sort()).toEqual(
    SCORE_KINDS.map(({ name }) => name)
      .filter((name) => name !== 'toldApart')
      .sort(),
  );
});
