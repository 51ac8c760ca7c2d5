/**
 * Gradients for whoever differentiates. tfjs registers those of its operations only on request, and some of them are
 * wrong when differentiated again: where a gradient is made from the operation's saved *result* (tanh' = 1 - tanh²),
 * tfjs has lost where that result came from, and takes it for a constant. Gradient penalties would silently follow a
 * wrong gradient. Here those operations save their input and compute the result once more; in a compiled program
 * equal operations are computed once, so that it costs nothing.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';

/** The operations of networks that save their result, and the name of their input. */
const INPUT_OF: Readonly<Record<string, string>> = {
  Exp: 'x',
  Sigmoid: 'x',
  Softmax: 'logits',
  Tanh: 'x',
};

for (const [kernelName, input] of Object.entries(INPUT_OF)) {
  const { gradFunc } = tf.getGradient(kernelName);
  tf.registerGradient({
    kernelName,
    inputsToSave: [input],
    gradFunc(dy, [x], attributes) {
      if (x === undefined) throw new RangeError(`tfjs did not save the input of ${kernelName}`);
      const result: tf.Tensor = tf.engine().runKernel(kernelName, { [input]: x }, attributes);
      return gradFunc(dy, [result], attributes);
    },
  });
}
