/** Maps examples to the features by which distributions are compared. A score always names its network. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../engine/engine';
import type { HostTensor, HostTensors } from '../../shared/host-tensor';
import type { FloatMatrix } from '../algebra/matrix';

export interface Extracted {
  /** `[count, features]` */
  readonly features: FloatMatrix;
  /** `[count, classes]`, if the network classifies. */
  readonly probabilities?: FloatMatrix;
}

export interface ExtractionWatch {
  readonly signal?: AbortSignal;
  /** Called after each batch with the number of examples completed. */
  onDone?(done: number): void;
}

/** A network as a part of other programs, so that gradients pass through it. */
export interface FeatureLayers {
  readonly weights: HostTensors;
  /**
   * Activations of each layer for images `[batch, ...example]`.
   *
   * @param weights tensors by the names of `weights`
   */
  activations(weights: Tensors, images: Tensor): readonly Tensor[];
}

export interface FeatureNetwork {
  /** Short name for protocols, e.g. `classifier`. */
  readonly name: string;
  /** Title for display, e.g. with the accuracy of a classifier. */
  readonly title: string;
  /** Identifies the network, in 16 hexadecimal digits. */
  readonly hash: string;
  /** How images are resized to its input size; `none` where it takes them as they are. */
  readonly resize: string;
  /** Batch size. */
  readonly batch: number;
  /** Share of held-out real examples that it classifies correctly, for classifiers. */
  readonly accuracy?: number;
  /** Missing for networks that are not written in tfjs. */
  readonly layers?: FeatureLayers;
  /**
   * Extracts features of examples `[count, ...example]`; every value is single-precision. Throws the signal's reason
   * when it is aborted.
   */
  extract(examples: HostTensor, watch?: ExtractionWatch): Promise<Extracted>;
  /** Releases its resources. */
  close(): Promise<void>;
}
