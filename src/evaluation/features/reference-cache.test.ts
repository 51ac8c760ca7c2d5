import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { float32 } from '../../shared/host-tensor';
import { floatMatrix } from '../algebra/matrix';
import type { FeatureNetwork } from './feature-network';
import { keptFeatures, referenceFeatures } from './reference-cache';

/** Outputs thirds, which have no exact single-precision value. */
function network(changes: Partial<FeatureNetwork> = {}): FeatureNetwork & { extractions: number } {
  return {
    extractions: 0,
    name: 'thirds',
    title: 'thirds',
    hash: '0123456789abcdef',
    resize: 'none',
    batch: 2,
    async extract({ shape: [count = 0], data }) {
      this.extractions++;
      const features = floatMatrix(
        count,
        2,
        Float32Array.from({ length: 2 * count }, (_, i) => (data[i] ?? 0) / 3),
      );
      return { features, probabilities: floatMatrix(count, 1, new Float32Array(count).fill(0.1)) };
    },
    close: async () => undefined,
    ...changes,
  };
}

const examples = float32([3, 2], Float32Array.of(1, 2, 3, 4, 5, 6));
let cache: string;

beforeEach(async () => {
  cache = await temporaryFolder();
  vi.stubEnv('GAN_WORKBENCH_CACHE', cache);
  return () => vi.unstubAllEnvs();
});

it('computes once, and gives the same bits from then on', async () => {
  const first = network();
  const computed = await referenceFeatures(first, examples);
  const second = network();
  const kept = await referenceFeatures(second, examples);
  expect([first.extractions, second.extractions]).toEqual([1, 0]);
  expect(Buffer.from(kept.features.data.buffer).equals(Buffer.from(computed.features.data.buffer))).toBe(
    true,
  );
  expect(kept).toEqual(computed);
});

it('computes anew for other examples, fewer of them, another network and another size', async () => {
  await referenceFeatures(network(), examples);
  const others = [
    [network(), float32([3, 2], Float32Array.of(1, 2, 3, 4, 5, 7))] as const,
    [network(), float32([2, 2], Float32Array.of(1, 2, 3, 4))] as const,
    [network({ hash: 'fedcba9876543210' }), examples] as const,
    [network({ resize: 'to 299' }), examples] as const,
  ];
  for (const [other, those] of others) {
    expect(await keptFeatures(other, those)).toBeUndefined();
    await referenceFeatures(other, those);
    expect(other.extractions).toBe(1);
  }
});

it('computes anew what is damaged, and keeps nothing of what was cancelled', async () => {
  const failing = network({ extract: () => Promise.reject(new Error('cancelled')) });
  await expect(referenceFeatures(failing, examples)).rejects.toThrow('cancelled');
  expect(await readdir(cache)).toEqual([]);
  await referenceFeatures(network(), examples);
  const folder = join(cache, 'features');
  const [name = ''] = await readdir(folder);
  const bytes = await readFile(join(folder, name));
  bytes[bytes.length - 1] = 0xff;
  await writeFile(join(folder, name), bytes);
  const again = network();
  await referenceFeatures(again, examples);
  expect(again.extractions).toBe(1);
  expect(await keptFeatures(network(), examples)).toBeDefined();
});
