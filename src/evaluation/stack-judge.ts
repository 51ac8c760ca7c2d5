/** Reads stacked images: which class a classifier of the grey images sees in each channel. */

import type { Dataset } from '../data/source';
import { STACKED } from '../data/stack';
import type { HostTensor } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';
import type { ProtocolNetwork } from './evaluate';
import { type ClassifierContext, openDataClassifier } from './features/data-classifier';
import type { ExtractionWatch } from './features/feature-network';
import type { StackEvidence } from './metric';
import { likeliestClasses } from './metrics/class-accuracy';

/** Images whose channels are classified at once, to bound memory. */
const JUDGED_AT_ONCE = 512;

export interface StackJudge extends ProtocolNetwork {
  /** @param images `[count, height, width, 3]` */
  judge(images: HostTensor, watch?: ExtractionWatch): Promise<StackEvidence>;
  close(): Promise<void>;
}

/** Propagates errors of training the classifier. */
export async function openStackJudge(grey: Dataset, context: ClassifierContext): Promise<StackJudge> {
  const classifier = await openDataClassifier(grey, context);
  const { classes } = grey.train;
  const shares = sharesOf(grey);
  return {
    name: classifier.name,
    title: classifier.title,
    hash: classifier.hash,
    resize: classifier.resize,
    async judge(images, { signal, onDone } = {}) {
      const [count = 0] = images.shape;
      const modes = new Int32Array(count);
      for (let begin = 0; begin < count; begin += JUDGED_AT_ONCE) {
        signal?.throwIfAborted();
        const end = Math.min(count, begin + JUDGED_AT_ONCE);
        const { probabilities } = await classifier.extract(planesOf(images, begin, end));
        if (probabilities === undefined) throw new RangeError('a classifier gives probabilities');
        likeliestClasses(probabilities).forEach((label, plane) => {
          const image = begin + Math.floor(plane / STACKED);
          modes[image] = (modes[image] ?? 0) * classes + label;
        });
        onDone?.(end);
      }
      return { modes, expected: productsOf(shares), accuracy: classifier.accuracy ?? 0 };
    },
    close: () => classifier.close(),
  };
}

/** The channels of images as grey images, image by image: `[(end - begin)·3, height, width, 1]`. */
function planesOf({ shape, data }: HostTensor, begin: number, end: number): HostTensor {
  const [, height = 0, width = 0] = shape;
  const pixels = sizeOf([height, width]);
  const planes = new Float32Array((end - begin) * STACKED * pixels);
  for (let plane = 0; plane < (end - begin) * STACKED; plane++) {
    const start = (begin + Math.floor(plane / STACKED)) * pixels * STACKED + (plane % STACKED);
    for (let i = 0; i < pixels; i++) planes[plane * pixels + i] = data[start + i * STACKED] ?? 0;
  }
  return float32([(end - begin) * STACKED, height, width, 1], planes);
}

/** The share of each class in the training part. */
function sharesOf({ train: { labels = [], classes } }: Dataset): Float64Array {
  const shares = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    shares[label] = (shares[label] ?? 0) + 1 / labels.length;
  }
  return shares;
}

/** The probability of each mode, where the channels are drawn independently. */
function productsOf(shares: Float64Array): Float64Array {
  const { length } = shares;
  return Float64Array.from({ length: length ** STACKED }, (_, mode) => {
    let product = 1;
    for (let left = mode, i = 0; i < STACKED; i++, left = Math.floor(left / length))
      product *= shares[left % length] ?? 0;
    return product;
  });
}
