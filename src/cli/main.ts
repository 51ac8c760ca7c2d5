/** The `gan` command: a thin shell around the training core. */
import './thread-pool';
import { CommanderError } from 'commander';
import { failureLine } from '../shared/cli-protocol';
import { WorkbenchError } from '../shared/errors';
import { tolerateClosedPipes } from './closed-pipes';
import { EXIT } from './command';
import { reportEarlyExit } from './early-exit';
import { environmentLanguage, takeLanguage } from './language';
import { createOutput, explain } from './output';
import { programFor } from './program';
import { speak } from './texts';

async function main(): Promise<void> {
  tolerateClosedPipes();
  const output = createOutput();
  const fail = (error: unknown): void => {
    output.emit(failureLine(error));
    output.warn(explain(error));
  };
  const finish = reportEarlyExit(fail);
  try {
    speak(environmentLanguage(process.env));
    const { language, rest } = takeLanguage(process.argv.slice(2));
    if (language !== undefined) speak(language);
    await programFor(output).parseAsync(rest, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has already printed the error; help and version are not errors.
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      return;
    }
    fail(error);
    process.exitCode = error instanceof WorkbenchError ? error.exitCode : EXIT.failed;
  } finally {
    finish();
  }
  // Timers of a module of the experiment would keep the process alive. What was printed must be written first, and a
  // failure to write it is reported after the callback of that write.
  process.stdout.write('', () => setImmediate(() => process.stderr.write('', () => process.exit())));
}

void main();
