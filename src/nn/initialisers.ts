/** Initialisation of a layer's parameters. Values are drawn outside programs, from the run's seeded stream. */
import type { Random } from '../random/random';

export interface Initialiser {
  /** Name for messages and documentation. */
  readonly name: string;
  /** Fills row-major values of this shape; filters are `[height, width, in, out]`, dense kernels `[in, out]`. */
  fill(values: Float32Array, shape: readonly number[], random: Random): void;
}

export function constantOf(value: number): Initialiser {
  return { name: `constant ${value}`, fill: (values) => void values.fill(value) };
}

export const zeros = constantOf(0);
export const ones = constantOf(1);

/** Normal with a fixed standard deviation. */
export function normalOf(standardDeviation: number, mean = 0): Initialiser {
  return {
    name: `normal ${mean} ± ${standardDeviation}`,
    fill(values, _shape, random) {
      random.fillNormal(values, standardDeviation);
      if (mean !== 0) for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + mean;
    },
  };
}

/** DCGAN's weights (Radford et al. 2016, section 4), which pix2pix and CycleGAN took over. */
export const dcganNormal = normalOf(0.02);

/** Uniform in ±sqrt(6 / (fanIn + fanOut)) (Glorot & Bengio 2010, equation 16). */
export const glorotUniform: Initialiser = {
  name: 'Glorot uniform',
  fill(values, shape, random) {
    const { fanIn, fanOut } = fans(shape);
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    random.fillUniform(values, -limit, limit);
  },
};

/** Normal with standard deviation gain / sqrt(fanIn), which keeps the size of activations where the gain is 1. */
export function fanInNormal(gain: number): Initialiser {
  return {
    name: `normal ± ${gain} / √fan-in`,
    fill(values, shape, random) {
      random.fillNormal(values, gain / Math.sqrt(fans(shape).fanIn));
    },
  };
}

/** Normal with standard deviation sqrt(2 / fanIn) (He et al. 2015, equation 10). */
export const heNormal: Initialiser = {
  name: 'He normal',
  fill(values, shape, random) {
    random.fillNormal(values, Math.sqrt(2 / fans(shape).fanIn));
  },
};

/**
 * Glorot uniform times `gain`; SNGAN and WGAN-GP use a gain of √2 for the convolutions of residual branches (Gulrajani
 * et al. 2017, appendix F).
 */
export function glorotWithGain(gain: number): Initialiser {
  return {
    name: `${glorotUniform.name} × ${gain}`,
    fill(values, shape, random) {
      glorotUniform.fill(values, shape, random);
      for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * gain;
    },
  };
}

/**
 * A random orthogonal matrix (Saxe et al. 2014; Brock et al. 2019, section 3): a matrix whose columns are the last axis
 * and whose rows are all other axes, with orthonormal columns, or orthonormal rows if there are fewer of them.
 */
export const orthogonal: Initialiser = {
  name: 'orthogonal',
  fill(values, shape, random) {
    const columns = shape.at(-1) ?? 1;
    const rows = values.length / columns;
    const count = Math.min(rows, columns);
    const length = Math.max(rows, columns);
    const vectors = Array.from({ length: count }, () =>
      Float64Array.from(random.fillNormal(new Float32Array(length))),
    );
    vectors.forEach((vector, i) => {
      for (const earlier of vectors.slice(0, i)) subtractProjection(vector, earlier);
      const norm = Math.sqrt(dot(vector, vector));
      for (let k = 0; k < length; k++) vector[k] = (vector[k] ?? 0) / norm;
    });
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        values[row * columns + column] =
          (rows >= columns ? vectors[column]?.[row] : vectors[row]?.[column]) ?? 0;
  },
};

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** One step of modified Gram-Schmidt. @param unit a vector of norm 1 */
function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  const length = dot(vector, unit);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) - length * (unit[i] ?? 0);
}

/** Initialisers that a config can name. */
export const INITIALISERS = ['glorot', 'he', 'normal', 'orthogonal'] as const;

/** @param name `normal` is DCGAN's, with standard deviation 0.02 */
export function initialiserNamed(name: (typeof INITIALISERS)[number]): Initialiser {
  switch (name) {
    case 'glorot':
      return glorotUniform;
    case 'he':
      return heNormal;
    case 'normal':
      return dcganNormal;
    case 'orthogonal':
      return orthogonal;
  }
}

function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const receptive = shape.slice(0, -2).reduce((product, extent) => product * extent, 1);
  return { fanIn: receptive * (shape.at(-2) ?? 1), fanOut: receptive * (shape.at(-1) ?? 1) };
}
