/** Errors in the user's data. */
import { WorkbenchError } from '../shared/errors';
import type { LocalizableText } from '../shared/localizable-text';

/** The message names the file and the byte or image; the remedy says how to fix it. */
export class DataError extends WorkbenchError {}

/** A skipped file, with the reason. */
export interface Skipped {
  readonly name: string;
  readonly reason: LocalizableText;
}

/** Too many files cannot be used. The message names the first of them; `skipped` lists more. */
export class UnusableFilesError extends DataError {
  readonly skipped: readonly Skipped[];
  readonly count: number;

  constructor(message: LocalizableText, remedy: LocalizableText, skipped: readonly Skipped[], count: number) {
    super(message, remedy);
    this.skipped = skipped;
    this.count = count;
  }
}
