/**
 * Features without a user's network or labels: convolutions with fixed random weights, whose spatial means and root
 * mean squares capture colour, edges and texture. Their scores rank generators on one dataset; they cannot be compared
 * with scores by another network.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine';
import { heNormal } from '../../nn/initialisers';
import { conv2d, relu } from '../../nn/layers';
import { applyNetwork, declareNetwork, initialLeaves } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import { Random } from '../../random/random';
import type { ImageShape } from '../../shared/example-shape';
import { float32, sizeOf } from '../../shared/host-tensor';
import { floatMatrix } from '../algebra/matrix';
import { shortHash } from '../content-key';
import type { FeatureNetwork } from './feature-network';
import { tappedLayers } from './tapped-layers';

const BATCH = 64;
const SEED = 0;
/** Filters of each stage, with a mean and a root mean square each: 2 × (16 + 32 + 64) features. */
const FILTERS = [16, 32, 64] as const;
const ROOT = 'random';
const EXTRACT = 'extract';
const DESIGN = 'random convolutions 5×5/2 of 16, 32, 64; mean and root mean square; version 1';

/** `[batch, height, width, channels] -> [batch, 224]`; taps its convolutions. */
const network: Network = (scope, images) => {
  const features: tf.Tensor[] = [];
  let x = images;
  for (const [i, filters] of FILTERS.entries()) {
    x = relu(conv2d(scope, `conv${i + 1}`, x, { filters, kernelSize: 5, strides: 2, initialiser: heNormal }));
    scope.tap(`conv${i + 1}`, x);
    features.push(tf.mean(x, [1, 2]), tf.sqrt(tf.mean(tf.square(x), [1, 2])));
  }
  return tf.concat(features, 1);
};

/** @param engine used exclusively; closing the network disposes of it */
export async function openRandomConvolutions(engine: Engine, shape: ImageShape): Promise<FeatureNetwork> {
  const extents = [shape.height, shape.width, shape.channels];
  const { leaves, outputShape } = declareNetwork(network, ROOT, [BATCH, ...extents]);
  const columns = outputShape[1] ?? 0;
  const weights = initialLeaves(leaves, Random.seeded(SEED, DESIGN));
  engine.write(weights);
  await engine.compile({
    name: EXTRACT,
    reads: leaves.map(({ name }) => name),
    writes: [],
    inputs: { examples: { shape: [BATCH, ...extents], dtype: 'float32' } },
    build(state, { examples }) {
      if (examples === undefined) throw new RangeError('the program was not given examples');
      return { state: {}, outputs: { features: applyNetwork(network, ROOT, examples, state, 'sample') } };
    },
  });
  return {
    name: 'random',
    title: `${columns} features of convolutions with fixed random weights`,
    hash: shortHash(DESIGN, extents.join(), String(SEED)),
    resize: 'none',
    batch: BATCH,
    layers: tappedLayers(network, ROOT, weights),
    async extract({ shape: [count = 0], data }, { signal, onDone } = {}) {
      const width = sizeOf(extents);
      const features = floatMatrix(count, columns);
      for (let start = 0; start < count; start += BATCH) {
        signal?.throwIfAborted();
        const rows = Math.min(BATCH, count - start);
        const batch = new Float32Array(BATCH * width);
        batch.set(data.subarray(start * width, (start + rows) * width));
        const outputs = await engine.run(EXTRACT, { examples: float32([BATCH, ...extents], batch) });
        features.data.set(outputs.features?.data.subarray(0, rows * columns) ?? [], start * columns);
        onDone?.(start + rows);
      }
      return { features };
    },
    close: () => engine.dispose(),
  };
}
