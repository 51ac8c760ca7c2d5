/** An error in a user's own network. */
import { WorkbenchError } from '../shared/errors';
import { type LocalizableText, type LocalizableValue, localizable } from '../shared/localizable-text';

export class UserNetworkError extends WorkbenchError {
  constructor(message: LocalizableText, file: LocalizableValue, options: { cause?: unknown } = {}) {
    super(message, localizable('Training did not start. Correct {0} and try again.', file), options);
  }
}
