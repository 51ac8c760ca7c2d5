/** The `gan` command: a thin shell around the training core. */
import './thread-pool';
import { Command, CommanderError } from 'commander';
import { failureLine } from '../shared/cli-protocol';
import { WorkbenchError } from '../shared/errors';
import { packageVersion } from '../shared/package-root';
import { tolerateClosedPipes } from './closed-pipes';
import { EXIT } from './command';
import { commands } from './commands/registry';
import { reportEarlyExit } from './early-exit';
import { translateHelp } from './help';
import { environmentLanguage, takeLanguage } from './language';
import { createOutput, explain, type Output } from './output';
import { speak, t } from './texts';

/** All commands, in the language that is spoken. */
function programFor(output: Output): Command {
  const program = new Command('gan');
  translateHelp(program);
  program
    .description(t('Train and evaluate GANs without Python or a GPU.'))
    .version(packageVersion(), '-V, --version', t('output the version number'))
    .option('--lang <language>', t('language of all texts, en or zh-cn (default: that of LC_ALL or LANG)'))
    // Options after the name of a command belong to that command.
    .enablePositionalOptions()
    .exitOverride();
  for (const { name, define } of commands) {
    const command = program.command(name).exitOverride();
    define(command, { output });
  }
  return program;
}

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
