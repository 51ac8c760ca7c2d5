/** Reports a command that ends before it is done, for instance because a network calls `process.exit`. */
import { EXIT } from './command';

/** Sets the exit status and calls `report` if the process exits before the returned function is called. */
export function reportEarlyExit(report: (message: string) => void): () => void {
  const onExit = (): void => {
    process.exitCode = EXIT.failed;
    report(
      'The process exited before the command was done, as where a module of the experiment calls process.exit.\nRemove that call, then try again.',
    );
  };
  process.on('exit', onExit);
  return () => void process.off('exit', onExit);
}
