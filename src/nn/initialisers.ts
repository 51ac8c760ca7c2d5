/** How the parameters of a layer begin. Values are drawn outside programs, from the run's seeded stream. */
import type { Random } from '../random/random';

export interface Initialiser {
  /** For messages and documentation. */
  readonly name: string;
  /** Fills row-major values of this shape; filters are `[height, width, in, out]`, dense kernels `[in, out]`. */
  fill(values: Float32Array, shape: readonly number[], random: Random): void;
}

export function constantOf(value: number): Initialiser {
  return { name: `constant ${value}`, fill: (values) => void values.fill(value) };
}

export const zeros = constantOf(0);
export const ones = constantOf(1);

/** Normal with a fixed standard deviation; 0.02 is DCGAN's (Radford et al. 2016, section 4). */
export function normalOf(standardDeviation: number, mean = 0): Initialiser {
  return {
    name: `normal ${mean} ± ${standardDeviation}`,
    fill(values, _shape, random) {
      random.fillNormal(values, standardDeviation);
      if (mean !== 0) for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + mean;
    },
  };
}

/** Uniform in ±sqrt(6 / (fanIn + fanOut)) (Glorot & Bengio 2010, equation 16). */
export const glorotUniform: Initialiser = {
  name: 'Glorot uniform',
  fill(values, shape, random) {
    const { fanIn, fanOut } = fans(shape);
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    random.fillUniform(values, -limit, limit);
  },
};

/** Normal with standard deviation sqrt(2 / fanIn) (He et al. 2015, equation 10). */
export const heNormal: Initialiser = {
  name: 'He normal',
  fill(values, shape, random) {
    random.fillNormal(values, Math.sqrt(2 / fans(shape).fanIn));
  },
};

function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const receptive = shape.slice(0, -2).reduce((product, extent) => product * extent, 1);
  return { fanIn: receptive * (shape.at(-2) ?? 1), fanOut: receptive * (shape.at(-1) ?? 1) };
}
