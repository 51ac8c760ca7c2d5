/** Class conditioning of the generator, chosen independently of the discriminator's. */
import { decorateScope } from '../../nn/decorate-scope';
import type { Network } from '../../nn/scope';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { besideClasses, classesOf } from './class-inputs';

export interface GeneratorConditioning {
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  /** Returns the generator, conditioned on `scope.labels`. */
  network(generator: Network): Network;
}

const concatenate: GeneratorConditioning = {
  title: 'Concatenation',
  description: 'Appends the one-hot class to the latent vector, or as constant channels to the input image.',
  paper: 'Mirza & Osindero 2014, "Conditional Generative Adversarial Nets", section 3.2',
  network: (generator) => (scope, input) => generator(scope, besideClasses(scope, input)),
};

const batchNorm: GeneratorConditioning = {
  title: 'Conditional batch normalisation',
  description: 'Each normalisation layer of the generator has a scale and shift per class.',
  paper:
    'Dumoulin et al. 2017, "A Learned Representation for Artistic Style", section 2.2; Miyato & Koyama 2018, "cGANs with Projection Discriminator"',
  network: (generator) => (scope, input) => {
    const classes = classesOf(scope).shape[1];
    let isTold = false;
    const byClass = decorateScope(scope, (inner) => ({
      normaliseByClass: true,
      parameter(name, shape, initialiser) {
        isTold ||= name === 'gamma' && shape.length === 2 && shape[0] === classes;
        return inner.parameter(name, shape, initialiser);
      },
    }));
    const output = generator(byClass, input);
    if (!isTold)
      throw new WorkbenchError(
        localizable(
          '"batch-norm" conditioning needs normalisation layers with a scale, but the generator has none.',
        ),
        localizable(
          'Set "generator": "concatenate" in "conditioning", or use a generator with batch normalisation.',
        ),
      );
    return output;
  },
};

export const GENERATOR_CONDITIONINGS = { concatenate, 'batch-norm': batchNorm } as const;

export const generatorConditioningNames = ['concatenate', 'batch-norm'] as const;

export function generatorConditioning(
  name: (typeof generatorConditioningNames)[number],
  generator: Network,
): Network {
  return GENERATOR_CONDITIONINGS[name].network(generator);
}
