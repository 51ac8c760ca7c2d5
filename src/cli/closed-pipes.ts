/**
 * Keeps a failed write to the output from ending training: a closed pipe (`| head`, a lost connection) is intended by
 * its reader, and a full device is reported by the exit status. The run folder is complete either way.
 */
import { describeError } from '../shared/errors';
import { EXIT } from './command';
import { t } from './texts';

export function tolerateClosedPipes(): void {
  process.stderr.on('error', () => undefined);
  let isReported = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || isReported) return;
    isReported = true;
    process.stderr.write(`${t('Cannot write to standard output: {0}', describeError(error))}\n`);
    process.on('exit', () => {
      process.exitCode = EXIT.failed;
    });
  });
}
