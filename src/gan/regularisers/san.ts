import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { decorateScope } from '../../nn/decorate-scope';
import type { Scope } from '../../nn/scope';
import { stopGradient } from '../../nn/stop-gradient';
import { WorkbenchError } from '../../shared/errors';
import { anyOf, localizable } from '../../shared/localizable-text';
import { withFeatures } from '../conditionings/observed-tap';
import { defineRegulariser } from './regulariser';
import { penaltyWeight } from './slopes';

/** Objectives whose generator maximises the mean logit, for which all examples count the same in the direction. */
const OBJECTIVES = ['hinge', 'wasserstein'];
/** The last layer of every built-in discriminator, and of those of users that name it so. */
const LAST_LAYER = 'logit';
const DIRECTION = 'san.direction';
/** Keeps the division by a norm finite. */
const EPSILON = 1e-12;

/** Makes the last layer's direction the one along which the two distributions differ most. */
export const san = defineRegulariser({
  name: 'san',
  title: 'Slicing adversarial network (SAN)',
  description:
    'Splits the weights of the discriminator’s last layer into direction and length. The objective trains everything but the direction; the direction maximises the difference of the means of real and generated images, so that the logit measures a distance.',
  paper:
    'Takida et al. 2024, "SAN: Inducing Metrizability of GAN with Discriminative Normalized Linear Layer", section 5',
  formula:
    'weight · (mean[⟨ω, h(G(z))⟩] - mean[⟨ω, h(x)⟩]), ω = w / ‖w‖, h the features times ‖w‖, held constant',
  options: z.strictObject({ weight: penaltyWeight.default(1) }),
  unsuitable(_options, { objective, conditioning, discriminator: { network, judgesPatches } }) {
    if (!OBJECTIVES.includes(objective))
      return localizable(
        'it needs an objective whose generator maximises the mean logit: {0}',
        anyOf(OBJECTIVES.map((name) => JSON.stringify(name))),
      );
    if (conditioning === 'projection')
      return localizable(
        'the class embedding of "projection" is a second last layer; use another conditioning',
      );
    return judgesPatches || network === 'layers'
      ? localizable('it changes the dense layer "logit", which {0} does not have', JSON.stringify(network))
      : undefined;
  },
  network: (discriminator) => (scope, examples) => {
    let weight: tf.Tensor | undefined;
    const split = decorateScope(scope, (inner) => ({
      parameter(name, shape, initialiser, gain = 1) {
        const parameter = inner.parameter(name, shape, initialiser, gain);
        if (name !== 'kernel' || inner.path !== `${scope.path}/${LAST_LAYER}`) return parameter;
        weight = gain === 1 ? parameter : tf.mul(parameter, gain);
        return tf.mul(stopGradient(unit, [parameter]), lengthOf(parameter));
      },
    }));
    const { logits, features } = withFeatures(discriminator, split, examples, 'san');
    if (weight === undefined)
      throw new WorkbenchError(
        localizable('"san" changes the dense layer "logit", which the {0} does not have.', scope.path),
        localizable('Name the last layer "logit", or remove "san".'),
      );
    tapDirection(scope, features, weight);
    return logits;
  },
  penalty: ({ tap, weight }, options) =>
    tf.mul(tf.sub(tf.mean(tap(DIRECTION, 'fake')), tf.mean(tap(DIRECTION, 'real'))), weight(options.weight)),
});

/** Projects the features, held constant, onto the direction of the last layer. */
function tapDirection(scope: Scope, features: tf.Tensor, kernel: tf.Tensor): void {
  const scaled = stopGradient((h, w) => tf.mul(h, lengthOf(w)), [features, kernel]);
  scope.tap(DIRECTION, tf.matMul(scaled, unit(kernel)));
}

function lengthOf(kernel: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.add(tf.sum(tf.square(kernel)), EPSILON));
}

function unit(kernel: tf.Tensor): tf.Tensor {
  return tf.div(kernel, lengthOf(kernel));
}
