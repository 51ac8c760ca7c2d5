/** The network by whose layers an inversion compares images, besides by their pixels. */
import { isWorthClassifying } from '../evaluation/features/data-classifier';
import type { FeatureLayers } from '../evaluation/features/feature-network';
import { openFeatures } from '../evaluation/features/open-features';
import type { EvaluationProgress } from '../shared/evaluation-progress';
import { scoringParts } from './scoring';
import type { OpenedGenerator } from './stored-run';

/** `auto` is a classifier of the data's classes where there are any, and otherwise none. */
export const INVERSION_FEATURES = ['none', 'auto', 'classifier', 'random'] as const;
export type InversionFeatures = (typeof INVERSION_FEATURES)[number];

interface FeatureWatch {
  readonly signal?: AbortSignal;
  /** Called while a classifier is trained, unless one is cached. */
  onProgress?(progress: EvaluationProgress): void;
}

/** Propagates errors of opening the data and of training a classifier. */
export async function openInversionFeatures(
  { config, engine, task, openData }: OpenedGenerator,
  choice: InversionFeatures,
  watch: FeatureWatch,
): Promise<FeatureLayers | undefined> {
  if (choice === 'none') return undefined;
  const data = await openData();
  if (choice === 'auto' && !isWorthClassifying(data)) return undefined;
  const network = await openFeatures(choice === 'auto' ? 'classifier' : choice, {
    ...watch,
    engine: scoringParts(config, engine.info.name).engine,
    example: task.example,
    data,
    baseFolder: '',
  });
  await network.close();
  return network.layers;
}
