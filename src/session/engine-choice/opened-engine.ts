/** An engine that is open for training, and what to tell about how it was chosen. */
import type { Engine } from '../../engine/engine';
import type { LocalizableText } from '../../shared/localizable-text';

export interface OpenedEngine {
  readonly engine: Engine;
  /** Which engine it is and why, if there was a choice. */
  readonly remarks?: readonly LocalizableText[];
  /** What the user may not expect. */
  readonly warnings?: readonly LocalizableText[];
}
