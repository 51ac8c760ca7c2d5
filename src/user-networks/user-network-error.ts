/** What is wrong with a network of a person's own. */
import { WorkbenchError } from '../shared/errors';

export class UserNetworkError extends WorkbenchError {
  constructor(message: string, file: string, options: { cause?: unknown } = {}) {
    super(message, `Correct ${file} and start again; nothing has been started or written.`, options);
  }
}
