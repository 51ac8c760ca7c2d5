import { describe, expect, it } from 'vitest';
import { Random } from '../random/random';
import { type Features, featuresOf } from './distances';
import {
  imageDiversity,
  measureDiversity,
  measureMemorisation,
  measuresOf,
  movementBetween,
  type NeighbourReference,
  neighbourReference,
  pointDiversity,
  scoreRecordOf,
} from './sample-measures';

const IMAGE = { kind: 'image', height: 4, width: 4, channels: 1 } as const;
const POINTS = { kind: 'points', dimensions: 2 } as const;

/** Noise images; deterministic by name. */
function noise(name: string, count: number, scale = 1): Float32Array {
  const random = Random.seeded(3, name);
  return Float32Array.from({ length: count * 16 }, () => scale * random.normal());
}

const images = (values: Float32Array): Features => featuresOf(values, IMAGE);

describe('diversity', () => {
  const reference = imageDiversity(images(noise('real', 64)));

  it('of images is that of real ones where they are drawn alike, and falls with their spread', () => {
    const alike = measureDiversity(images(noise('fake', 64)), reference, 1);
    expect(alike.diversity).toBeCloseTo(1, 1);
    expect(alike.nearest).toBeCloseTo(1, 1);
    const halved = measureDiversity(images(noise('fake', 64, 0.5)), reference, 1);
    expect(halved.diversity).toBeCloseTo(alike.diversity / 2, 6);
    expect(halved.nearest).toBeCloseTo((alike.nearest ?? 0) / 2, 6);
  });

  it('sees pairs of the same image by their nearest neighbours, however far apart the pairs are', () => {
    const half = noise('fake', 32);
    const doubled = Float32Array.from([...half, ...half]);
    const { diversity, nearest } = measureDiversity(images(doubled), reference, 1);
    expect(nearest).toBe(0);
    expect(diversity).toBeGreaterThan(0.9);
  });

  it('compares no more samples than real images, or small data would seem to collapse', () => {
    const few = imageDiversity(images(noise('real', 8)));
    const first = measureDiversity(images(noise('fake', 8)), few, 1);
    const all = measureDiversity(images(noise('fake', 64)), few, 1);
    expect(all.nearest).toBe(first.nearest);
  });

  it('of points is what they cover, of what as many real ones do', () => {
    const line = (from: number): Float32Array =>
      Float32Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? (from + i / 2) % 40 : 0));
    const points = (values: Float32Array): Features => featuresOf(values, POINTS);
    const reference = pointDiversity(points(line(0)), points(line(1)));
    expect(measureDiversity(points(line(5)), reference, 1).diversity).toBe(1);
    const half = line(0).map((value, i) => (i % 2 === 0 ? value % 20 : value));
    expect(measureDiversity(points(half), reference, 1).diversity).toBeCloseTo(0.525, 2);
  });
});

describe('memorisation', () => {
  const training = images(noise('training', 40));
  const heldOut = images(noise('held out', 40));

  function referenceOf(): NeighbourReference {
    const reference = neighbourReference(training, heldOut);
    if (reference === undefined) throw new Error('both parts are large enough');
    return reference;
  }

  it('is about 1 for new samples and nearly 0 for copies', () => {
    expect(measureMemorisation(images(noise('new', 40)), referenceOf())).toBeGreaterThan(0.85);
    const blurred = noise('training', 40).map((value) => value + 0.01);
    expect(measureMemorisation(images(blurred), referenceOf())).toBeLessThan(0.05);
  });

  it('is not judged by a handful of held-out images', () => {
    expect(neighbourReference(training, images(noise('held out', 7)))).toBeUndefined();
  });
});

it('movement is told per hundred steps, and as nothing where samples are the same', () => {
  const reference = imageDiversity(images(noise('real', 64)));
  const at = (step: number, by: number) =>
    measureDiversity(images(noise('fake', 64).map((value) => value * (1 + by))), reference, step);
  expect(movementBetween(at(100, 0), at(200, 0))).toBe(0);
  expect(movementBetween(at(100, 0), at(300, 0.2))).toBeCloseTo(
    movementBetween(at(100, 0), at(200, 0.2)) / 2,
    10,
  );
});

it('measures are found again in the record that they are written as', () => {
  const reference = imageDiversity(images(noise('real', 64)));
  const measures = { ...measureDiversity(images(noise('fake', 64)), reference, 50), memorisation: 0.9 };
  expect(measuresOf(scoreRecordOf(measures, reference))).toEqual(measures);
});
