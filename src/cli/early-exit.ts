/** Reports a command that ends before it is done, for instance because a network calls `process.exit`. */
import { WorkbenchError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import { EXIT } from './command';

class EarlyExitError extends WorkbenchError {}

/** Sets the exit status and calls `report` if the process exits before the returned function is called. */
export function reportEarlyExit(report: (error: WorkbenchError) => void): () => void {
  const onExit = (): void => {
    process.exitCode = EXIT.failed;
    report(
      new EarlyExitError(
        localizable(
          'The process exited before the command was done, as where a module of the experiment calls process.exit.',
        ),
        localizable('Remove that call, then try again.'),
      ),
    );
  };
  process.on('exit', onExit);
  return () => void process.off('exit', onExit);
}
