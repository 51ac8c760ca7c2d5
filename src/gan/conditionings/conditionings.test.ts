import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { combinationOf } from '../../../test/support/combination';
import { onBoth, worstError } from '../../../test/support/engines';
import { gradientError, numberIn, numbersIn } from '../../../test/support/numbers';
import type { Program, Tensors } from '../../engine/engine';
import { batchNorm, dense, flatten } from '../../nn/layers';
import { applyNetwork, declareNetwork } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import { WorkbenchError } from '../../shared/errors';
import { auxiliaryClassifier } from './auxiliary-classifier';
import { concatenation } from './concatenation';
import { generatorConditioning } from './generator';
import { projection } from './projection';
import { conditionings } from './registry';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const CLASSES = 3;
/** One-hot labels of class 2 and class 0. */
const labels = (): tf.Tensor =>
  tf.tensor2d([
    [0, 0, 1],
    [1, 0, 0],
  ]);
const identity: Network = (_scope, x) => x;
/** Network whose features are its input and whose logit is their sum. */
const summing: Network = (scope, x) => {
  scope.tap('features', x);
  return tf.sum(x, 1, true);
};

describe('concatenation', () => {
  it('puts the one-hot class beside points', () => {
    const seen = applyNetwork(
      concatenation.discriminator(identity, {}),
      'd',
      tf.tensor2d([[5], [6]]),
      {},
      'train',
      { labels: labels() },
    );
    expect(numbersIn(seen)).toEqual([5, 0, 0, 1, 6, 1, 0, 0]);
  });

  it('puts a plane for each class beside the channels of images', () => {
    const images = tf.tensor([1, 2, 3, 4], [2, 1, 2, 1]);
    const seen = applyNetwork(concatenation.discriminator(identity, {}), 'd', images, {}, 'train', {
      labels: labels(),
    });
    expect(seen.shape).toEqual([2, 1, 2, 4]);
    expect(numbersIn(seen)).toEqual([1, 0, 0, 1, 2, 0, 0, 1, 3, 1, 0, 0, 4, 1, 0, 0]);
  });
});

describe('projection', () => {
  const EMBEDDING = 'd/projection/embedding';

  it('adds the inner product of the features with the vector of the class', () => {
    const network = projection.discriminator(summing, {});
    expect(declareNetwork(network, 'd', [2, 2], { classes: CLASSES }).leaves).toMatchObject([
      { name: EMBEDDING, shape: [3, 2], trained: true },
    ]);
    const embedding = tf.tensor2d([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const features = tf.tensor2d([
      [1, 1],
      [2, -1],
    ]);
    const logits = applyNetwork(network, 'd', features, { [EMBEDDING]: embedding }, 'train', {
      labels: labels(),
    });
    expect(logits.shape).toEqual([2, 1]);
    expect(numbersIn(logits)).toEqual([2 + (5 + 6), 1 + (2 - 2)]);
  });

  it('passes on what the network makes known', () => {
    const taps: string[] = [];
    const leaves = { [EMBEDDING]: tf.zeros([3, 2]) };
    applyNetwork(projection.discriminator(summing, {}), 'd', tf.ones([2, 2]), leaves, 'train', {
      labels: labels(),
      onTap: (name) => void taps.push(name),
    });
    expect(taps).toEqual(['features']);
  });

  it('says what is missing where the network makes no features known', () => {
    expect(() =>
      declareNetwork(projection.discriminator(identity, {}), 'd', [2, 2], { classes: CLASSES }),
    ).toThrow(/d does not expose its features, which "projection" needs/);
  });
});

describe('auxiliary classifier', () => {
  // Logits whose softmax is (1/2, 1/4, 1/4).
  const logits = () =>
    tf.log(
      tf.tensor2d([
        [0.5, 0.25, 0.25],
        [0.5, 0.25, 0.25],
      ]),
    );
  const auxiliary = auxiliaryClassifier.auxiliary;
  if (auxiliary === undefined) throw new Error('no auxiliary loss');

  it('classifies the features and leaves the logit as it is', () => {
    const network = auxiliaryClassifier.discriminator(summing, { weight: 1 });
    const taps: Tensors = {};
    const leaves = {
      'd/classifier/kernel': tf.tensor2d([[1, 0, 2]]),
      'd/classifier/bias': tf.tensor1d([0, 1, 0]),
    };
    const output = applyNetwork(network, 'd', tf.tensor2d([[2], [3]]), leaves, 'train', {
      labels: labels(),
      onTap: (name, value) => {
        taps[name] = value;
      },
    });
    expect(numbersIn(output)).toEqual([2, 3]);
    expect(numbersIn(taps.classLogits ?? output)).toEqual([2, 1, 4, 3, 1, 6]);
  });

  it('-mean log P(class): of both kinds for the discriminator, of generated ones for the generator', () => {
    // Classes 2 and 0 have the probabilities 1/4 and 1/2; class 1 twice has 1/4.
    const fakeLabels = tf.tensor2d([
      [0, 1, 0],
      [0, 1, 0],
    ]);
    const onReal = (Math.log(4) + Math.log(2)) / 2;
    const inputs = { real: logits, fake: logits, realLabels: labels(), fakeLabels };
    expect(numberIn(auxiliary.discriminator(inputs, { weight: 0.5 }))).toBeCloseTo(
      0.5 * (onReal + Math.log(4)),
      5,
    );
    expect(numberIn(auxiliary.generator({ fake: logits, fakeLabels }, { weight: 0.5 }))).toBeCloseTo(
      0.5 * Math.log(4),
      5,
    );
  });

  it('has the gradient that differences give', () => {
    const loss = (given: tf.Tensor): tf.Tensor =>
      auxiliary.generator({ fake: () => given, fakeLabels: labels() }, { weight: 1 });
    expect(
      gradientError(
        loss,
        tf.tensor2d([
          [1, -1, 0.5],
          [0, 2, -0.5],
        ]),
      ),
    ).toBeLessThan(1e-3);
  });
});

describe('how a generator is told', () => {
  it('concatenate: beside the latents', () => {
    const network = generatorConditioning('concatenate', identity);
    const seen = applyNetwork(network, 'g', tf.tensor2d([[5], [6]]), {}, 'sample', { labels: labels() });
    expect(numbersIn(seen)).toEqual([5, 0, 0, 1, 6, 1, 0, 0]);
  });

  it('batch-norm: by a scale and a shift for each class, in every layer', () => {
    const network = generatorConditioning('batch-norm', (scope, x) =>
      scope.layer('block', (block) => batchNorm(block, 'norm', x)),
    );
    const { leaves } = declareNetwork(network, 'g', [2, 1], { classes: CLASSES });
    expect(leaves.filter(({ trained }) => trained).map(({ name, shape }) => [name, shape])).toEqual([
      ['g/block/norm/gamma', [3, 1]],
      ['g/block/norm/beta', [3, 1]],
    ]);
    const values = {
      'g/block/norm/gamma': tf.tensor2d([[10], [20], [30]]),
      'g/block/norm/beta': tf.tensor2d([[1], [2], [3]]),
      'g/block/norm/mean': tf.zeros([1]),
      'g/block/norm/variance': tf.ones([1]),
    };
    const output = applyNetwork(network, 'g', tf.ones([2, 1]), values, 'sample', { labels: labels() });
    const [second = 0, first = 0] = numbersIn(output);
    expect(second).toBeCloseTo(33, 3);
    expect(first).toBeCloseTo(11, 3);
  });

  it('batch-norm is refused where no layer could tell the class', () => {
    const network = generatorConditioning('batch-norm', (scope, x) => dense(scope, 'only', x, { units: 2 }));
    expect(() => declareNetwork(network, 'g', [2, CLASSES], { classes: CLASSES })).toThrow(WorkbenchError);
  });

  it('needs data with classes', () => {
    const network = generatorConditioning('concatenate', identity);
    expect(() => declareNetwork(network, 'g', [2, 1])).toThrow(/needs class labels/);
  });
});

describe.each(conditionings)('$name', (conditioning) => {
  const options = conditioning.options.parse({});
  const network = conditioning.discriminator((scope, images) => {
    const features = tf.tanh(dense(scope, 'hidden', flatten(images), { units: 5 }));
    scope.tap('features', features);
    return dense(scope, 'logit', features, { units: 1 });
  }, options);

  it('compiled equals the oracle, gradients included', async () => {
    const shape = [2, 2, 2, 1];
    const { leaves } = declareNetwork(network, 'd', shape, { classes: CLASSES });
    const names = leaves.map(({ name }) => name);
    const program: Program = {
      name: conditioning.name,
      reads: [],
      writes: [],
      inputs: {
        images: { shape, dtype: 'float32' },
        ...Object.fromEntries(
          leaves.map((leaf) => [leaf.name, { shape: leaf.shape, dtype: 'float32' as const }]),
        ),
      },
      build(_state, inputs) {
        const { images } = inputs;
        if (images === undefined) throw new Error('no images');
        const classes = labels();
        const { value, grads } = tf.valueAndGrads((...given: tf.Tensor[]) => {
          const values: Tensors = {};
          names.forEach((name, i) => {
            const leaf = given[i];
            if (leaf !== undefined) values[name] = leaf;
          });
          const taps: Tensors = {};
          const logits = applyNetwork(network, 'd', images, values, 'train', {
            labels: classes,
            onTap: (name, tap) => {
              taps[name] = tap;
            },
          });
          const tapped = (name: string): tf.Tensor => taps[name] ?? logits;
          const extra = conditioning.auxiliary?.discriminator(
            { real: tapped, fake: tapped, realLabels: classes, fakeLabels: classes },
            options,
          );
          const loss = tf.sum(tf.square(logits));
          return tf.reshape<tf.Rank.R0>(extra === undefined ? loss : tf.add(loss, extra), []);
        })(names.map((name) => inputs[name] ?? images));
        return {
          state: {},
          outputs: { value, ...Object.fromEntries(grads.map((gradient, i) => [`${names[i]}`, gradient])) },
        };
      },
    };
    const { compiled, oracle } = await onBoth(program);
    expect(worstError(compiled, oracle).error).toBeLessThan(1e-5);
  });

  it('is refused on patches where it needs features of the whole image', () => {
    const reason = conditioning.unsuitable?.(
      options,
      combinationOf({ discriminator: { judgesPatches: true } }),
    );
    if (conditioning.name === 'concatenation') expect(reason).toBeUndefined();
    else expect(reason?.text).toContain('judges patches');
    expect(conditioning.unsuitable?.(options, combinationOf())).toBeUndefined();
  });
});
