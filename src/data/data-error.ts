/** The error of everything that is wrong with a person's data. */
import { WorkbenchError } from '../shared/errors';

/** The message names the file and the byte or image; the remedy says what to do about it. */
export class DataError extends WorkbenchError {}
