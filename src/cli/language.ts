/** The language of the command line: that of the option `--lang`, otherwise that of the environment. */
import { LANGUAGES, type Language, languageOf } from '../shared/language';
import { localizable } from '../shared/localizable-text';
import { UsageError } from './command';

const OPTION = '--lang';

/** In the order of POSIX. */
export function environmentLanguage({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  return languageOf(LC_ALL || LC_MESSAGES || LANG || 'en');
}

/**
 * Takes the option out of the arguments of a command, at whatever place. Throws `UsageError` for a language that there
 * is not.
 */
export function takeLanguage(args: readonly string[]): { language?: Language; rest: readonly string[] } {
  const place = args.findIndex((argument) => argument === OPTION || argument.startsWith(`${OPTION}=`));
  const given = args[place];
  if (given === undefined) return { rest: args };
  const [named, taken] = given === OPTION ? [args[place + 1], 2] : [given.slice(OPTION.length + 1), 1];
  const language = LANGUAGES.find((candidate) => candidate === named?.toLowerCase());
  if (language === undefined)
    throw new UsageError(
      localizable('{0} is {1}, which is no language of this command.', OPTION, JSON.stringify(named ?? '')),
      localizable('Pass one of {0}.', LANGUAGES.join(', ')),
    );
  return { language, rest: args.toSpliced(place, taken) };
}
