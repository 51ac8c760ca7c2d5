/** Shapes that everybody can judge. */
import { around, type PointDistribution } from '../distribution';

type Place = readonly [number, number];

/** Strokes of each letter: lines through these places. */
const LETTERS: readonly (readonly Place[])[] = [
  [
    [-0.95, 0.65],
    [-1.35, 0.9],
    [-1.8, 0.6],
    [-1.95, 0],
    [-1.8, -0.6],
    [-1.35, -0.9],
    [-0.9, -0.65],
    [-0.9, -0.05],
    [-1.3, -0.05],
  ],
  [
    [-0.65, -0.9],
    [0, 0.9],
    [0.65, -0.9],
    [0.4, -0.2],
    [-0.4, -0.2],
  ],
  [
    [0.95, -0.9],
    [0.95, 0.9],
    [1.95, -0.9],
    [1.95, 0.9],
  ],
];

/** A place on the lines, uniform along their length. */
function placeOn(places: readonly Place[], share: number): Place {
  const lengthAt = (end: number): number =>
    Math.hypot(
      (places[end]?.[0] ?? 0) - (places[end - 1]?.[0] ?? 0),
      (places[end]?.[1] ?? 0) - (places[end - 1]?.[1] ?? 0),
    );
  let left = share * places.slice(1).reduce((sum, _, i) => sum + lengthAt(i + 1), 0);
  let end = 1;
  while (end < places.length - 1 && left > lengthAt(end)) left -= lengthAt(end++);
  const [[x0, y0], [x1, y1]] = [places[end - 1] ?? [0, 0], places[end] ?? [0, 0]];
  const part = left / lengthAt(end);
  return [x0 + part * (x1 - x0), y0 + part * (y1 - y0)];
}

export const letters: PointDistribution = {
  name: 'letters',
  description: 'The letters G, A and N, with as many points each.',
  classes: LETTERS.length,
  draw(random) {
    const label = random.below(LETTERS.length);
    return around(random, placeOn(LETTERS[label] ?? [], random.uniform()), label, 0.03);
  },
};
