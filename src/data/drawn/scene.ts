/**
 * Scenes of coloured shapes on a textured background, with the class of every pixel: segmentation data without
 * annotation.
 */
import { Random } from '../../random/random';
import type { LabelMap } from '../../shared/example-shape';

export const SCENE_VERSION = 1;

export const SCENE_LABELS: LabelMap = {
  names: ['background', 'disc', 'square', 'triangle'],
  colours: [
    [32, 32, 40],
    [230, 90, 80],
    [90, 170, 240],
    [250, 200, 70],
  ],
};

export interface Scene {
  /** `[size, size, 3]` of 0 … 255. */
  readonly picture: Uint8Array;
  /** `[size, size]`: the class at the centre of each pixel. */
  readonly labels: Uint8Array;
}

type Colour = readonly [number, number, number];

interface Shape {
  readonly label: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly angle: number;
  readonly colour: Colour;
}

/** Supersampling factor along each axis, for smooth edges. */
const SAMPLES = 2;
/** Maximum amplitude of the per-pixel noise, out of 255. */
const NOISE = 10;

/** One to four shapes, later ones on top; deterministic in seed and index on every machine. */
export function drawScene(seed: number, index: number, size: number): Scene {
  const random = Random.seeded(seed, `shapes ${index}`);
  const background = drawBackground(random);
  const shapes = Array.from({ length: 1 + random.below(4) }, () => drawShape(random));
  const picture = new Uint8Array(3 * size * size);
  const labels = new Uint8Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const pixel = row * size + column;
      labels[pixel] = topAt(shapes, (column + 0.5) / size, (row + 0.5) / size)?.label ?? 0;
      const sum = [0, 0, 0];
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const x = (column + ((sample % SAMPLES) + 0.5) / SAMPLES) / size;
        const y = (row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size;
        const colour = topAt(shapes, x, y)?.colour ?? background(x, y);
        for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + (colour[c] ?? 0);
      }
      for (let c = 0; c < 3; c++) {
        const value = (sum[c] ?? 0) / (SAMPLES * SAMPLES) + NOISE * (2 * random.uniform() - 1);
        picture[3 * pixel + c] = Math.max(0, Math.min(255, Math.round(value)));
      }
    }
  return { picture, labels };
}

/** Stripes or blotches of two similar colours. */
function drawBackground(random: Random): (x: number, y: number) => Colour {
  const first = drawColour(random, 0.35);
  const second = drawColour(random, 0.35);
  const angle = random.uniform() * Math.PI;
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const waves = 2 + 5 * random.uniform();
  const phase = random.uniform() * 2 * Math.PI;
  const isStriped = random.below(2) === 0;
  return (x, y) => {
    const along = Math.sin(2 * Math.PI * waves * (x * dx + y * dy) + phase);
    const across = isStriped ? 1 : Math.sin(2 * Math.PI * waves * (x * dy - y * dx) + phase);
    const share = 0.5 + 0.5 * along * across;
    return mix(first, second, share);
  };
}

function drawShape(random: Random): Shape {
  const radius = 0.14 + 0.12 * random.uniform();
  return {
    label: 1 + random.below(3),
    x: 0.1 + 0.8 * random.uniform(),
    y: 0.1 + 0.8 * random.uniform(),
    radius,
    angle: random.uniform() * 2 * Math.PI,
    colour: drawColour(random, 0.85),
  };
}

/** @param saturation high for shapes and low for backgrounds, independent of the hue */
function drawColour(random: Random, saturation: number): Colour {
  const hue = random.uniform() * 6;
  const value = 110 + 140 * random.uniform();
  const channel = (offset: number): number => {
    const distance = Math.abs(((hue + offset) % 6) - 3) - 1;
    return value * (1 - saturation + saturation * Math.max(0, Math.min(1, distance)));
  };
  return [channel(0), channel(4), channel(2)];
}

function mix(first: Colour, second: Colour, share: number): Colour {
  const blend = (a: number, b: number): number => a + (b - a) * share;
  return [blend(first[0], second[0]), blend(first[1], second[1]), blend(first[2], second[2])];
}

function topAt(shapes: readonly Shape[], x: number, y: number): Shape | undefined {
  return shapes.findLast((shape) => covers(shape, x, y));
}

function covers(shape: Shape, x: number, y: number): boolean {
  const [dx, dy] = [x - shape.x, y - shape.y];
  if (shape.label === 1) return dx * dx + dy * dy <= shape.radius * shape.radius;
  const [cos, sin] = [Math.cos(shape.angle), Math.sin(shape.angle)];
  const [u, v] = [(dx * cos + dy * sin) / shape.radius, (dy * cos - dx * sin) / shape.radius];
  if (shape.label === 2) return Math.max(Math.abs(u), Math.abs(v)) <= 0.88;
  // An equilateral triangle with its corners at 1.2 radii.
  return v <= 0.6 && v >= Math.sqrt(3) * Math.abs(u) - 1.2;
}
