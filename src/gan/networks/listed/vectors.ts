/** Layers that output vectors, or that turn vectors into images. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { initialiserNamed } from '../../../nn/initialisers';
import { dense, flatten } from '../../../nn/layers';
import { biasOption, initialiserOption } from '../options';
import { defineLayer } from './layer';

const extent = z.int().min(1).max(4096);

export const denseLayer = defineLayer({
  name: 'dense',
  title: 'Dense layer',
  description: 'Each output is a weighted sum of all inputs.',
  options: z.strictObject({
    units: z.int().min(1).max(1_048_576).describe('Number of output units.'),
    useBias: biasOption,
    initialiser: initialiserOption,
  }),
  takes: 'vectors',
  apply: (scope, name, x, { initialiser, ...options }) =>
    dense(scope, name, x, { ...options, initialiser: initialiserNamed(initialiser) }),
});

export const reshapeLayer = defineLayer({
  name: 'reshape',
  title: 'Reshape',
  description: 'Reshapes to an image.',
  options: z.strictObject({
    to: z.tuple([extent, extent, extent]).describe('Height, width and channels.'),
  }),
  takes: 'anything',
  apply(_scope, _name, x, { to }) {
    const [batch = 1] = x.shape;
    const [present, wanted] = [x.size / batch, to.reduce((product, size) => product * size, 1)];
    if (present !== wanted)
      throw new RangeError(`it has ${present} values for each example, and ${to.join('×')} are ${wanted}`);
    return tf.reshape(x, [batch, ...to]);
  },
});

export const flattenLayer = defineLayer({
  name: 'flatten',
  title: 'Flatten',
  description: 'Flattens to a vector.',
  options: z.strictObject({}),
  takes: 'anything',
  apply: (_scope, _name, x) => flatten(x),
});

export const poolLayer = defineLayer({
  name: 'global-pool',
  title: 'Global pooling',
  description: 'Reduces each channel to one value.',
  options: z.strictObject({
    by: z.enum(['sum', 'mean']).default('sum').describe('Sum or mean over the pixels.'),
  }),
  takes: 'images',
  apply: (_scope, _name, x, { by }) => (by === 'sum' ? tf.sum(x, [1, 2]) : tf.mean(x, [1, 2])),
});
