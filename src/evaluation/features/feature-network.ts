/** What turns examples into the features that distributions are compared by. A score always names its network. */
import type { HostTensor } from '../../shared/host-tensor';
import type { FloatMatrix } from '../algebra/matrix';

export interface Extracted {
  /** `[count, features]` */
  readonly features: FloatMatrix;
  /** `[count, classes]`, where the network classifies. */
  readonly probabilities?: FloatMatrix;
}

export interface ExtractionWatch {
  readonly signal?: AbortSignal;
  /** Called after each batch with the examples that are done. */
  onDone?(done: number): void;
}

export interface FeatureNetwork {
  /** Short, for protocols, e.g. `classifier`. */
  readonly name: string;
  /** For people, e.g. with the accuracy of a classifier. */
  readonly title: string;
  /** The same for the same network, in 16 hexadecimal digits. */
  readonly hash: string;
  /** How images are brought to the size that it wants; `none` where it takes them as they are. */
  readonly resize: string;
  /** Examples that go through it at once. */
  readonly batch: number;
  /** Share of held-out real examples that it classifies rightly, where it classifies. */
  readonly accuracy?: number;
  /** Of examples `[count, ...example]`; every value is one of single precision. Throws the signal's reason when it is aborted. */
  extract(examples: HostTensor, watch?: ExtractionWatch): Promise<Extracted>;
  /** Frees what it computes with. */
  close(): Promise<void>;
}
