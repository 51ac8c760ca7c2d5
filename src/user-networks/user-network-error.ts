/** What is wrong with a network of a person's own. */
import { WorkbenchError } from '../shared/errors';
import { type Said, type SaidValue, said } from '../shared/said';

export class UserNetworkError extends WorkbenchError {
  constructor(message: Said, file: SaidValue, options: { cause?: unknown } = {}) {
    super(message, said('Training did not start. Correct {0} and try again.', file), options);
  }
}
