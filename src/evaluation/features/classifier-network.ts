/** The small classifiers used for scores: convolutional for images, dense for points. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { heNormal } from '../../nn/initialisers';
import { conv2d, dense, flatten, relu } from '../../nn/layers';
import type { Network, Scope } from '../../nn/scope';
import type { ExampleShape } from '../../shared/example-shape';

/** Width of the last hidden layer, whose activations are the features. */
export const FEATURES = 128;
/** Name of that layer's tap. */
export const FEATURES_TAP = 'features';

/** Changes with the network's design, so that the cache never returns a classifier of another version. */
export const CLASSIFIER_DESIGN =
  'convolutions 5×5/2 of 32, 64, 128 down to 8×8, dense 128, trained on shifted images, version 1';

/** Convolutions continue until no side is longer than this. */
const SMALLEST_SIDE = 8;
const KERNEL = 5;
const FILTERS = [32, 64, 128] as const;

function convolved(scope: Scope, images: Tensor, height: number): Tensor {
  let x = images;
  for (let side = height, i = 0; side > SMALLEST_SIDE; side = Math.ceil(side / 2), i++) {
    const filters = FILTERS[Math.min(i, FILTERS.length - 1)] ?? 0;
    const options = { filters, kernelSize: KERNEL, strides: 2, initialiser: heNormal };
    x = relu(conv2d(scope, `conv${i + 1}`, x, options));
    scope.tap(`conv${i + 1}`, x);
  }
  return flatten(x);
}

/** `[batch, ...example] -> [batch, classes]` logits; taps its convolutions and its features `[batch, 128]`. */
export function classifierNetwork(shape: ExampleShape, classes: number): Network {
  return (scope, examples) => {
    const units = FEATURES;
    const wide =
      shape.kind === 'image'
        ? convolved(scope, examples, Math.max(shape.height, shape.width))
        : relu(dense(scope, 'first', examples, { units, initialiser: heNormal }));
    const features = relu(dense(scope, 'hidden', wide, { units, initialiser: heNormal }));
    scope.tap(FEATURES_TAP, features);
    return dense(scope, 'logits', features, { units: classes });
  };
}
