/** An engine that is open for training, and what to tell about how it was chosen. */
import type { Engine } from '../../engine/engine';

export interface OpenedEngine {
  readonly engine: Engine;
  /** Which engine it is and why, if there was a choice. */
  readonly remarks?: readonly string[];
  /** What the user may not expect. */
  readonly warnings?: readonly string[];
}
