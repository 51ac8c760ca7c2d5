/** Which network turns examples into features for scores: one of the product's own, or a person's ONNX file. */
import { resolve } from 'node:path';
import type { ExperimentConfig } from '../config/schema';
import type { Dataset } from '../data/source';
import type { Engine } from '../engine/engine';
import { coordinates } from '../evaluation/features/coordinates';
import { isWorthClassifying, openDataClassifier } from '../evaluation/features/data-classifier';
import type { FeatureNetwork } from '../evaluation/features/feature-network';
import { openOnnxFile } from '../evaluation/features/onnx-file';
import { openRandomConvolutions } from '../evaluation/features/random-convolutions';
import { EvaluationError } from '../evaluation/metric';
import type { EvaluationProgress } from '../shared/evaluation-progress';
import type { ExampleShape } from '../shared/example-shape';
import { openEngine } from './engines';

export const FEATURE_CHOICES = ['auto', 'classifier', 'random'] as const;
/** `auto`, or the name of a network of the product, or the path of an ONNX file. */
export type FeatureChoice = string;

export interface FeatureContext {
  readonly config: ExperimentConfig;
  readonly example: ExampleShape;
  readonly data: Dataset;
  /** Folder that the path of an ONNX file is relative to. */
  readonly baseFolder: string;
  readonly signal?: AbortSignal;
  onProgress?(progress: EvaluationProgress): void;
}

/** As the native runtime counts them: 0 leaves the number to it. */
export function engineThreads({ engine }: ExperimentConfig): number {
  return engine.threads === 'auto' ? 0 : engine.threads;
}

/** Throws `EvaluationError` for a choice that is none, and what training a classifier or loading a network throws. */
export async function openFeatures(choice: FeatureChoice, context: FeatureContext): Promise<FeatureNetwork> {
  const { config, data, example, baseFolder, signal, onProgress } = context;
  if (example.kind === 'points') return coordinates;
  const open = (): Promise<Engine> => openEngine(config.engine.name, config.engine.threads);
  const isClassifier = choice === 'classifier' || (choice === 'auto' && isWorthClassifying(data));
  if (isClassifier)
    return await openDataClassifier(data, {
      openEngine: open,
      ...(signal === undefined ? {} : { signal }),
      onTraining: (done, total) => onProgress?.({ phase: 'classifier', done, total }),
    });
  if (choice === 'auto' || choice === 'random') return await openRandomConvolutions(await open(), example);
  if (choice.endsWith('.onnx')) return await openOnnxFile(resolve(baseFolder, choice), engineThreads(config));
  throw new EvaluationError(
    `"${choice}" is no feature network.`,
    `Choose one of ${FEATURE_CHOICES.join(', ')}, or the path of an ONNX file.`,
  );
}
