/** The error of all engines. */
import { WorkbenchError } from '../shared/errors';

/** An engine does not work on this machine, or its runtime rejected a program or failed to run it. */
export class EngineError extends WorkbenchError {}
