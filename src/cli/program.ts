/** The command line as commander knows it. */
import { Command } from 'commander';
import { packageVersion } from '../shared/package-root';
import { commands } from './commands/registry';
import { translateHelp } from './help';
import type { Output } from './output';
import { t } from './texts';

/** All commands, in the language that is spoken. */
export function programFor(output: Output): Command {
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
