/** Which network extracts features for scores: a built-in one, or a user's ONNX file. */
import { resolve } from 'node:path';
import type { Dataset } from '../../data/source';
import type { Engine } from '../../engine/engine';
import type { EvaluationProgress } from '../../shared/evaluation-progress';
import type { ExampleShape } from '../../shared/example-shape';
import { localizable } from '../../shared/localizable-text';
import { EvaluationError } from '../metric';
import { coordinates } from './coordinates';
import { isWorthClassifying, openDataClassifier } from './data-classifier';
import type { FeatureNetwork } from './feature-network';
import { openOnnxFile } from './onnx-file';
import { openRandomConvolutions } from './random-convolutions';

export const FEATURE_CHOICES = ['auto', 'classifier', 'random'] as const;
/** `auto`, the name of a built-in network, or the path of an ONNX file. */
export type FeatureChoice = string;

/** Opens engines for feature networks, a separate one for each. */
export interface FeatureEngine {
  open(): Promise<Engine>;
  /** Threads of the native runtime; 0 leaves the choice to the runtime. */
  readonly threads: number;
}

export interface FeatureContext {
  readonly engine: FeatureEngine;
  readonly example: ExampleShape;
  readonly data: Dataset;
  /** Folder that the path of an ONNX file is relative to. */
  readonly baseFolder: string;
  readonly signal?: AbortSignal;
  onProgress?(progress: EvaluationProgress): void;
}

/** Throws `EvaluationError` for an invalid choice; propagates errors of training a classifier or loading a network. */
export async function openFeatures(choice: FeatureChoice, context: FeatureContext): Promise<FeatureNetwork> {
  const { engine, data, example, baseFolder, signal, onProgress } = context;
  if (example.kind === 'points') return coordinates;
  const isClassifier = choice === 'classifier' || (choice === 'auto' && isWorthClassifying(data));
  if (isClassifier)
    return await openDataClassifier(data, {
      openEngine: () => engine.open(),
      ...(signal === undefined ? {} : { signal }),
      onTraining: (done, total) => onProgress?.({ phase: 'classifier', done, total }),
    });
  if (choice === 'auto' || choice === 'random')
    return await openRandomConvolutions(await engine.open(), example);
  if (choice.endsWith('.onnx')) return await openOnnxFile(resolve(baseFolder, choice), engine.threads);
  throw new EvaluationError(
    localizable('"{0}" is not a feature network.', choice),
    localizable('Choose {0}, or the path of an ONNX file.', FEATURE_CHOICES.join(', ')),
  );
}
