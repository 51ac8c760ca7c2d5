/** The texts of commander, which has English ones only, in the language of the command line. */
import type { Command, Option } from 'commander';
import { textWidth, wrapText } from '../shared/text-width';
import { t } from './texts';

/** Also applies to the commands that are added later. */
export function translateHelp(command: Command): void {
  command
    .helpOption('-h, --help', t('display help for command'))
    .helpCommand('help [command]', t('display help for command'))
    .showHelpAfterError(t('See `gan --help` for commands and options.'))
    .configureHelp({
      displayWidth: textWidth,
      boxWrap: wrapText,
      styleTitle: (title) => titleOf(title),
      styleOptionText: (word) => (word === '[options]' ? t('[options]') : word),
      styleSubcommandText: (word) => (word === '[command]' ? t('[command]') : word),
      optionDescription: (option) => describe(option),
      argumentDescription: ({ description, defaultValue }) =>
        described(description, notesOf({ defaultValue })),
    })
    .configureOutput({
      outputError: (message, write) => write(`${errorText(message.trimEnd())}\n`),
    });
}

function titleOf(title: string): string {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': t('Usage:'),
    'Arguments:': t('Arguments:'),
    'Options:': t('Options:'),
    'Commands:': t('Commands:'),
  };
  return titles[title] ?? title;
}

/** Defaults of switches need no mention. */
function describe(option: Option): string {
  const { description, argChoices, defaultValue } = option;
  return described(
    description,
    notesOf({ argChoices, defaultValue: option.isBoolean() ? undefined : defaultValue }),
  );
}

function notesOf({
  argChoices,
  defaultValue,
}: {
  readonly argChoices?: readonly string[] | undefined;
  readonly defaultValue?: unknown;
}): string[] {
  return [
    ...(argChoices === undefined ? [] : [t('choices: {0}', argChoices.join(', '))]),
    ...(defaultValue === undefined ? [] : [t('default: {0}', String(defaultValue))]),
  ];
}

function described(description: string, notes: readonly string[]): string {
  return notes.length === 0 ? description : t('{0} ({1})', description, notes.join(', '));
}

/** What commander says of wrong usage, by its English text. */
const ERRORS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^error: unknown option '(.+)'$/, (option) => t('Unknown option: {0}', option)],
  [/^error: unknown command '(.+)'$/, (command) => t('Unknown command: {0}', command)],
  [/^error: missing required argument '(.+)'$/, (argument) => t('Missing argument: {0}', argument)],
  [/^error: option '(.+)' argument missing$/, (option) => t('Missing value of the option {0}', option)],
  [/^error: required option '(.+)' not specified$/, (option) => t('Missing option: {0}', option)],
  [
    /^error: too many arguments(?: for '.+')?\. Expected (\d+) arguments? but got (\d+)\.$/,
    (expected, given) => t('Too many arguments: {0} instead of {1}', given, expected),
  ],
  [
    /^error: option '(.+)' argument '(.*)' is invalid\. Allowed choices are (.+)\.$/,
    (option, value, choices) =>
      t('{0} is not a value of the option {1}, which takes {2}', value, option, choices),
  ],
  [/^\(Did you mean (?:one of )?(.+)\?\)$/, (names) => t('Did you mean {0}?', names)],
];

/** @param message its lines are separate sentences */
function errorText(message: string): string {
  return message.split('\n').map(errorLine).join('\n');
}

function errorLine(line: string): string {
  for (const [pattern, say] of ERRORS) {
    const [, ...found] = pattern.exec(line) ?? [];
    if (found.length > 0) return say(...found);
  }
  return line;
}
