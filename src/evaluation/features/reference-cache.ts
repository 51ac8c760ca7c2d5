/**
 * Cache of real examples' features: the real examples are the same at every scoring, and with a large network
 * extraction takes longer than anything else. Keyed by the examples themselves and the network, so that other data,
 * another part of it, another number of examples or another network never hits the same entry.
 */
import { join } from 'node:path';
import { cacheFolder } from '../../data/packed/cache';
import type { HostTensor } from '../../shared/host-tensor';
import { float32 } from '../../shared/host-tensor';
import type { FloatMatrix } from '../algebra/matrix';
import { floatMatrix } from '../algebra/matrix';
import { bytesOf, shortHash } from '../content-key';
import type { Extracted, ExtractionWatch, FeatureNetwork } from './feature-network';
import { readEntry, writeEntry } from './tensor-cache';

/** Changes with the cache format. */
const FORMAT = 'reference features, version 1';

function fileOf(network: FeatureNetwork, { shape, data }: HostTensor): string {
  const key = shortHash(FORMAT, network.hash, network.resize, shape.join(), bytesOf(data));
  return join(cacheFolder(), 'features', `${key}.safetensors`);
}

/**
 * Returns the cached features of these examples; undefined on a miss or if the entry is damaged. Propagates read
 * errors.
 */
export async function keptFeatures(
  network: FeatureNetwork,
  examples: HostTensor,
): Promise<Extracted | undefined> {
  return await readEntry(fileOf(network, examples), ({ tensors: { features, probabilities } }) => {
    if (features === undefined) return undefined;
    return {
      features: matrixOf(features),
      ...(probabilities === undefined ? {} : { probabilities: matrixOf(probabilities) }),
    };
  });
}

/** Returns features from the cache, or computes and caches them. Propagates errors of the network and of storage. */
export async function referenceFeatures(
  network: FeatureNetwork,
  examples: HostTensor,
  watch: ExtractionWatch = {},
): Promise<Extracted> {
  const kept = await keptFeatures(network, examples);
  if (kept !== undefined) return kept;
  const extracted = await network.extract(examples, watch);
  const { features, probabilities } = extracted;
  await writeEntry(fileOf(network, examples), {
    features: tensorOf(features),
    ...(probabilities === undefined ? {} : { probabilities: tensorOf(probabilities) }),
  });
  return extracted;
}

/** Networks compute in single precision, so storing single precision loses nothing. */
function tensorOf({ rows, columns, data }: FloatMatrix): HostTensor {
  return float32([rows, columns], Float32Array.from(data));
}

function matrixOf({ shape: [rows = 0, columns = 0], data }: HostTensor): FloatMatrix {
  return floatMatrix(rows, columns, data);
}
