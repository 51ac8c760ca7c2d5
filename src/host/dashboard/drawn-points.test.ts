import { expect, it, vi } from 'vitest';
import { parseExperiment } from '../../config/load';
import { parsePoints } from '../../data/points/point-csv';
import { csvOf, withPointsOf } from './drawn-points';

vi.mock('vscode', () => ({}));
vi.mock('../chosen-compute', () => ({}));

it('keeps everything of the experiment but the data', () => {
  const text =
    '{\n  // mine\n  "data": {"source": "points2d", "distribution": "grid", "batchSize": 32},\n  "seed": 5,\n}\n';
  const made = withPointsOf(text, 'toy-drawn.csv') ?? '';
  expect(made).toContain('// mine');
  const { data, seed } = parseExperiment(made, 'toy-drawn.gan.json');
  expect(data).toMatchObject({ source: 'points-file', file: 'toy-drawn.csv', scale: 'none', batchSize: 32 });
  expect(seed).toBe(5);
  expect(withPointsOf('{"data": ', 'a.csv')).toBeUndefined();
});

it('writes points that are read as they were drawn', () => {
  const points = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i) * 2);
  const read = parsePoints(csvOf(points), 'drawn.csv');
  expect(read).toHaveLength(40);
  read.forEach((value, i) => {
    expect(value).toBeCloseTo(points[i] ?? 0, 4);
  });
});
