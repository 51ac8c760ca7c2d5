import { expect, it } from 'vitest';
import { classShares, placeOnLoop } from './loop';

const stops = [
  { latent: Float32Array.of(1, 0), label: 2 },
  { latent: Float32Array.of(0, 1), label: 0 },
];

it('goes from stop to stop and back to the first, on arcs for a normal prior and on lines for a uniform one', () => {
  const at = (distance: number, prior: 'normal' | 'uniform') => [
    ...placeOnLoop(stops, distance, prior).latent,
  ];
  expect(at(0, 'normal')).toEqual([1, 0]);
  expect(at(1, 'normal')).toEqual([0, 1]);
  expect(at(2, 'normal')).toEqual([1, 0]);
  const half = Math.fround(Math.SQRT1_2);
  expect(at(0.5, 'normal')).toEqual([half, half]);
  expect(at(1.5, 'normal')).toEqual([half, half]);
  expect(at(0.5, 'uniform')).toEqual([0.5, 0.5]);
});

it('moves from class to class', () => {
  const places = [0, 0.25, 1].map((distance) => placeOnLoop(stops, distance, 'normal'));
  expect([...classShares(places, 3)]).toEqual([0, 0, 1, 0.25, 0, 0.75, 1, 0, 0]);
  const same = placeOnLoop([{ latent: Float32Array.of(1), label: 1 }], 0.25, 'normal');
  expect([...classShares([same], 2)]).toEqual([0, 1]);
});
