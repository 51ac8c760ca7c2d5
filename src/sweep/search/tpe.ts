/**
 * The tree-structured Parzen estimator: models where good trials lie and where the others do, and tries the candidate
 * at which the ratio of the two densities is greatest, which maximises the expected improvement (Bergstra et al. 2011,
 * equation 4).
 */
import * as z from 'zod';
import type { Random } from '../../random/random';
import { isOrdered, type Parameter, valueCount } from '../parameter';
import { randomPoint } from './random';
import { defineSearch, type PastTrial, type Point } from './search';

/** Width of the kernels for a single observation, as a fraction of the range. */
const WIDTH = 0.2;
/** No kernel is narrower than this, so that the search keeps looking around its best trials. */
const LEAST_WIDTH = 0.02;
/** Total weight of the uniform density, which keeps every value possible, in observations. */
const PRIOR_WEIGHT = 1;

export const tpe = defineSearch({
  name: 'tpe',
  title: 'Tree-structured Parzen estimator',
  description:
    'Begins at random, then prefers values near those of the best trials, all parameters together. Pays off from about 20 trials on.',
  paper:
    'Bergstra et al. 2011, "Algorithms for Hyper-Parameter Optimization", section 4; multivariate kernels as in Falkner et al. 2018, "BOHB: Robust and Efficient Hyperparameter Optimization at Scale", section 3.2',
  options: z.strictObject({
    startupTrials: z
      .int()
      .min(2)
      .max(10_000)
      .default(10)
      .describe('Random trials before the first that learns from the others.'),
    goodShare: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.15)
      .describe('Fraction of the trials that count as good, γ in the paper.'),
    candidates: z
      .int()
      .min(1)
      .max(10_000)
      .default(24)
      .describe('Number of candidates drawn from the density of the good trials.'),
  }),
  learns: true,
  propose({ parameters, random, past }, { startupTrials, goodShare, candidates }) {
    if (past.length < startupTrials) return randomPoint({ parameters, random });
    const ranked = past.toSorted((a, b) => a.loss - b.loss);
    const goodCount = Math.ceil(goodShare * ranked.length);
    const good = new ParzenDensity(parameters, ranked.slice(0, goodCount));
    const others = new ParzenDensity(parameters, ranked.slice(goodCount));
    const drawn = Array.from({ length: candidates }, () => good.draw(random));
    const gains = drawn.map((point) => good.logDensity(point) - others.logDensity(point));
    return drawn[gains.indexOf(Math.max(...gains))] ?? randomPoint({ parameters, random });
  },
});

/** A mixture with one product kernel for each observation, and a uniform density over the whole cube. */
class ParzenDensity {
  readonly #axes: readonly Axis[];
  readonly #points: readonly Point[];

  constructor(parameters: readonly Parameter[], observations: readonly PastTrial[]) {
    this.#points = observations.map(({ point }) => point);
    // Scott's rule for the dependence on the number of observations and of dimensions.
    const width = Math.max(
      LEAST_WIDTH,
      WIDTH * Math.max(1, this.#points.length) ** (-1 / (parameters.length + 4)),
    );
    this.#axes = parameters.map((parameter) =>
      isOrdered(parameter) ? new OrderedAxis(width) : new UnorderedAxis(valueCount(parameter), width),
    );
  }

  draw(random: Random): number[] {
    const at = random.uniform() * (this.#points.length + PRIOR_WEIGHT);
    const centre = this.#points[Math.floor(at)];
    return this.#axes.map((axis, dimension) =>
      centre === undefined ? random.uniform() : axis.draw(centre[dimension] ?? 0, random),
    );
  }

  logDensity(point: Point): number {
    const kernels = this.#points.map((centre) =>
      this.#axes.reduce(
        (product, axis, dimension) => product * axis.density(point[dimension] ?? 0, centre[dimension] ?? 0),
        1,
      ),
    );
    const total = kernels.reduce((sum, kernel) => sum + kernel, PRIOR_WEIGHT);
    return Math.log(total / (this.#points.length + PRIOR_WEIGHT));
  }
}

/** The kernel along one parameter. Densities are relative to the uniform one. */
interface Axis {
  density(coordinate: number, centre: number): number;
  draw(centre: number, random: Random): number;
}

/** A normal distribution cut off at 0 and 1. */
class OrderedAxis implements Axis {
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  density(coordinate: number, centre: number): number {
    const inside = normalBelow((1 - centre) / this.#width) - normalBelow(-centre / this.#width);
    const deviation = (coordinate - centre) / this.#width;
    return Math.exp(-(deviation ** 2) / 2) / (Math.sqrt(2 * Math.PI) * this.#width * inside);
  }

  draw(centre: number, random: Random): number {
    for (;;) {
      const coordinate = centre + this.#width * random.normal();
      if (coordinate >= 0 && coordinate <= 1) return coordinate;
    }
  }
}

/** Aitchison and Aitken's kernel: the observed value with a probability of 1 − λ, any other with equal shares of λ. */
class UnorderedAxis implements Axis {
  readonly #count: number;
  readonly #others: number;

  constructor(count: number, width: number) {
    this.#count = count;
    this.#others = count === 1 ? 0 : Math.min(width, (count - 1) / count);
  }

  density(coordinate: number, centre: number): number {
    const isSame = this.#indexOf(coordinate) === this.#indexOf(centre);
    return this.#count * (isSame ? 1 - this.#others : this.#others / Math.max(1, this.#count - 1));
  }

  draw(centre: number, random: Random): number {
    const observed = this.#indexOf(centre);
    const isOther = random.uniform() < this.#others;
    const index = isOther ? (observed + 1 + random.below(this.#count - 1)) % this.#count : observed;
    return (index + 0.5) / this.#count;
  }

  #indexOf(coordinate: number): number {
    return Math.min(this.#count - 1, Math.floor(coordinate * this.#count));
  }
}

/** The cumulative distribution function of the standard normal distribution, to 7.5e-8. */
function normalBelow(deviation: number): number {
  // Abramowitz & Stegun 1964, "Handbook of Mathematical Functions", equation 26.2.17.
  const t = 1 / (1 + 0.2316419 * Math.abs(deviation));
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-(deviation ** 2) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return deviation > 0 ? 1 - tail : tail;
}
