/**
 * Gradients that are correct to second order. tfjs registers gradients only on request, and some are wrong when
 * differentiated again: if a gradient is computed from the operation's saved *result* (tanh' = 1 - tanh²), tfjs has
 * lost the connection to the input and treats the result as a constant. Gradient penalties would silently use a wrong
 * gradient. Here these operations save their input and recompute the result; a compiled program computes equal
 * operations once, so that this is free.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';

/** Network operations that save their result, with the name of their input. */
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

/** tfjs masks the gradient by comparisons, which have no gradient; a step has one, which is zero. */
tf.registerGradient({
  kernelName: 'Maximum',
  inputsToSave: ['a', 'b'],
  gradFunc(dy, [a, b]) {
    if (a === undefined || b === undefined || Array.isArray(dy))
      throw new RangeError('tfjs did not save the inputs of Maximum');
    const isSecond = (): tf.Tensor => tf.step(tf.sub(b, a));
    return { a: () => tf.mul(dy, tf.sub(1, isSecond())), b: () => tf.mul(dy, isSecond()) };
  },
});
