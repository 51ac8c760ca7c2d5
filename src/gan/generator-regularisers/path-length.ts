import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { stopGradient } from '../../nn/stop-gradient';
import { localizable } from '../../shared/localizable-text';
import { scalarOption } from '../schedules/scalar';
import { defineGeneratorRegulariser, type GeneratorPenaltyInputs } from './generator-regulariser';

/** Keeps the gradient of the square root finite where nothing changes with the style. */
const EPSILON = 1e-12;

/** Makes a step of fixed size in the space of styles change the image by the same amount everywhere. */
export const pathLength = defineGeneratorRegulariser({
  name: 'path-length',
  title: 'Path length regularisation',
  description:
    'Penalises differences in how much a small change of the style changes the image, which makes the generator smoother and easier to invert. Computed for half of the batch.',
  paper:
    'Karras et al. 2020, "Analyzing and Improving the Image Quality of StyleGAN", section 3.2, equation 4 and appendix B',
  formula: 'weight · mean[ (‖∂(G(w)·y) / ∂w‖ - a)² ], y normal, a the running mean of the norm',
  options: z.strictObject({
    weight: scalarOption(z.number().positive())
      .default(2)
      .describe('Weight of the penalty, or a ramp between two.'),
    decay: z
      .number()
      .gt(0)
      .max(1)
      .default(0.01)
      .describe('Weight of the present mean in each update of the running mean.'),
  }),
  every: 4,
  state: { mean: 0 },
  unsuitable: (_options, { generator }) =>
    generator.hasStyles
      ? undefined
      : localizable(
          '{0} has no styles whose changes could be measured; use the generator "stylegan2"',
          JSON.stringify(generator.network),
        ),
  penalty({ weight, kept, keep, ...inputs }, options) {
    const lengths = pathLengths(inputs);
    const past = kept('mean');
    const mean = stopGradient(
      (...[present = past]) => tf.add(past, tf.mul(tf.sub(tf.mean(present), past), options.decay)),
      [lengths],
    );
    keep('mean', mean);
    return tf.mul(tf.mean(tf.square(tf.sub(lengths, mean))), weight(options.weight));
  },
});

/**
 * ‖∂(G(w)·y) / ∂w‖ of each image, `[count]`, where y is normal noise, scaled so that the length does not depend on the
 * number of pixels; of a style for each layer, the root mean square over the layers.
 */
function pathLengths({
  generate,
  random,
  batchSize,
}: Pick<GeneratorPenaltyInputs, 'generate' | 'random' | 'batchSize'>): tf.Tensor {
  const count = Math.ceil(batchSize / 2);
  let made: tf.Tensor | undefined;
  generate(count, (styles) => {
    made = styles;
    return styles;
  });
  if (made === undefined) throw new RangeError('the generator exposes no styles');
  const slopes = tf.grad((styles: tf.Tensor) => {
    const images = generate(count, () => styles);
    const [, height = 1, width = 1] = images.shape;
    const noise = tf.mul(random('noise', images.shape, 'normal'), 1 / Math.sqrt(height * width));
    return tf.reshape<tf.Rank.R0>(tf.sum(tf.mul(images, noise)), []);
  })(made);
  return tf.sqrt(tf.add(tf.mean(tf.sum(tf.square(slopes), 2), 1), EPSILON));
}
