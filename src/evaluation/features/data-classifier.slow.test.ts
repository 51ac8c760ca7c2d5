import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import type { Dataset, Examples } from '../../data/source';
import { spreadIndices } from '../../data/spread';
import { openNativeEngine } from '../../engine/onnx/open-native';
import type { ImageShape } from '../../shared/example-shape';
import { isWorthClassifying, openDataClassifier } from './data-classifier';

const image: ImageShape = { kind: 'image', height: 8, width: 8, channels: 1 };

function data(changes: Partial<Examples> = {}, more: Partial<Dataset> = {}): Dataset {
  const part: Examples = {
    count: 10,
    shape: image,
    classes: 3,
    read: async () => undefined,
    close: async () => undefined,
    ...changes,
  };
  return { train: part, heldOut: part, ...more };
}

it('takes the time for labelled images that are made of latents, and for no others', () => {
  expect(isWorthClassifying(data())).toBe(true);
  expect(isWorthClassifying(data({ classes: 0 }))).toBe(false);
  expect(isWorthClassifying(data({ shape: { kind: 'points', dimensions: 2 } }))).toBe(false);
  expect(isWorthClassifying(data({ input: image }))).toBe(false);
  const { train, heldOut } = data();
  expect(isWorthClassifying(data({}, { unpairedInputs: { train, heldOut } }))).toBe(false);
});

const COUNT = 1000;

/** Bright and dark images, with the labels flipped for those between the examples that are hashed for the cache key. */
function greys(fingerprint: string, areTurned: boolean): Dataset {
  const looked = new Set(spreadIndices(COUNT, 256));
  const part: Examples = {
    count: COUNT,
    shape: { kind: 'image', height: 4, width: 4, channels: 1 },
    classes: 2,
    async read(indices, target, labels) {
      indices.forEach((index, i) => {
        const side = index % 2;
        target.fill(side - index / (2 * COUNT), 16 * i, 16 * (i + 1));
        labels?.set([areTurned && !looked.has(index) ? 1 - side : side], i);
      });
    },
    close: async () => undefined,
  };
  return { train: part, heldOut: part, fingerprint };
}

it('is kept for the same data, and trained anew where labels are others', async () => {
  vi.stubEnv('GAN_WORKBENCH_CACHE', await temporaryFolder());
  const opened = async (data: Dataset): Promise<{ hash: string; isTrained: boolean; accuracy: number }> => {
    let isTrained = false;
    const network = await openDataClassifier(data, {
      openEngine: () => openNativeEngine(1),
      onTraining: () => {
        isTrained = true;
      },
    });
    await network.close();
    return { hash: network.hash, isTrained, accuracy: network.accuracy ?? 0 };
  };
  const first = await opened(greys('a', false));
  const again = await opened(greys('a', false));
  const turned = await opened(greys('b', true));
  vi.unstubAllEnvs();
  expect([first.isTrained, again.isTrained, turned.isTrained]).toEqual([true, false, true]);
  expect(again).toMatchObject({ hash: first.hash, accuracy: first.accuracy });
  expect(turned.hash).not.toBe(first.hash);
});
