/**
 * The parts of package.json that follow from the tables of commands, pages and tools for assistants, and the titles in
 * package.nls*.json.
 * Written by `npm run manifest`; everything else in those files is written by hand.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { agentTools } from '../agent/registry';
import { TOOL_PREFIX } from '../shared/agent-tools';
import { CONTEXT_KEYS, VIEWS } from '../shared/contributions';
import { packageRoot } from '../shared/package-root';
import { type CommandDefinition, SELECTION } from './commands/command';
import { MENUS } from './commands/menus';
import { needsTrust } from './commands/trust';
import { COMMAND_TABLE, COMMANDS, PANELS } from './registry';

type Texts = Readonly<Record<string, string>>;

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: Readonly<Record<string, unknown>>;
}

const CATEGORY = 'GAN';
const TITLE_KEY = 'command.';
const TOOL_KEY = 'tool.';
const PAGE_EVENT = 'onWebviewPanel:';

const ROWS_FOCUSED = `focusedView == ${VIEWS.experiments} && !inputFocus && ${CONTEXT_KEYS.selection}`;

const table: readonly (readonly [string, CommandDefinition])[] = Object.values(COMMANDS).map((command) => [
  command,
  COMMAND_TABLE[command],
]);

/** `gan.startTraining` → `command.startTraining`. */
function titleKey(command: string): string {
  return command.replace(/^gan\./, TITLE_KEY);
}

function contributedCommands() {
  return table.map(([command, definition]) => ({
    command,
    category: CATEGORY,
    title: `%${titleKey(command)}%`,
    ...(definition.icon === undefined ? {} : { icon: `$(${definition.icon})` }),
    ...(needsTrust(definition) ? { enablement: 'isWorkspaceTrusted' } : {}),
  }));
}

function contributedMenus() {
  const commandPalette = table.flatMap(([command, { palette }]) =>
    palette === undefined ? [] : [{ command, when: palette }],
  );
  const others = MENUS.map((name) => {
    const entries = table.flatMap(([command, { menus = [] }]) =>
      menus.filter(({ menu }) => menu === name).map(({ when, group }) => ({ command, when, group })),
    );
    return [name, entries] as const;
  });
  return { commandPalette, ...Object.fromEntries(others) };
}

function contributedKeybindings() {
  return table.flatMap(([command, { keybinding }]) => {
    if (keybinding === undefined) return [];
    const { key, mac, selection } = keybinding;
    return [{ command, key, mac, when: `${ROWS_FOCUSED} ${selection}`, args: SELECTION }];
  });
}

/** `list_runs` → `tool.list_runs`. */
function toolKey(name: string): string {
  return TOOL_KEY + name;
}

function contributedTools() {
  return agentTools.map(({ name, description, input }) => {
    const { $schema: _, ...inputSchema } = z.toJSONSchema(input, { target: 'draft-7', io: 'input' });
    return {
      name: TOOL_PREFIX + name,
      displayName: `%${toolKey(name)}%`,
      modelDescription: description,
      toolReferenceName: `gan-${name.replaceAll('_', '-')}`,
      canBeReferencedInPrompt: true,
      icon: '$(graph-line)',
      tags: ['gan', 'machine-learning'],
      inputSchema,
    };
  });
}

function withContributions(manifest: Manifest): Manifest {
  const byHand = manifest.activationEvents.filter((event) => !event.startsWith(PAGE_EVENT));
  return {
    ...manifest,
    activationEvents: [...Object.values(PANELS).map((viewType) => PAGE_EVENT + viewType), ...byHand],
    contributes: {
      ...manifest.contributes,
      commands: contributedCommands(),
      menus: contributedMenus(),
      keybindings: contributedKeybindings(),
      languageModelTools: contributedTools(),
    },
  };
}

function withTitles(texts: Texts, translate: (title: string) => string): Texts {
  const byHand = Object.entries(texts).filter(
    ([key]) => !key.startsWith(TITLE_KEY) && !key.startsWith(TOOL_KEY),
  );
  const titles = [
    ...table.map(([command, { title }]) => [titleKey(command), translate(title)] as const),
    ...agentTools.map(({ name, title }) => [toolKey(name), translate(title)] as const),
  ];
  return Object.fromEntries([...byHand, ...titles].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function read<Content>(file: string): Content {
  return JSON.parse(readFileSync(join(packageRoot(), file), 'utf8'));
}

/** Translates titles, with the bundle that translates everything else. */
function translatorInto(language: string): (title: string) => string {
  const bundle = read<Texts>(bundleOf(language));
  return (title) => bundle[title] ?? title;
}

function bundleOf(language: string): string {
  return `l10n/bundle.l10n.${language}.json`;
}

function languages(): readonly string[] {
  return readdirSync(packageRoot()).flatMap((name) => /^package\.nls\.(.+)\.json$/.exec(name)?.[1] ?? []);
}

/** Titles of commands and tools that have no translation, by the file where it belongs. */
export function untranslatedTitles(): Readonly<Record<string, readonly string[]>> {
  const titles = [...table.map(([, { title }]) => title), ...agentTools.map(({ title }) => title)];
  return Object.fromEntries(
    languages().map((language) => {
      const bundle = read<Texts>(bundleOf(language));
      return [bundleOf(language), titles.filter((title) => !(title in bundle))];
    }),
  );
}

/** Generates the files of the repository, by path. */
export function manifestFiles(): Readonly<Record<string, string>> {
  const contents: Readonly<Record<string, Manifest | Texts>> = {
    'package.json': withContributions(read<Manifest>('package.json')),
    'package.nls.json': withTitles(read<Texts>('package.nls.json'), (title) => title),
    ...Object.fromEntries(
      languages().map((language) => {
        const file = `package.nls.${language}.json`;
        return [file, withTitles(read<Texts>(file), translatorInto(language))];
      }),
    ),
  };
  return Object.fromEntries(
    Object.entries(contents).map(([file, content]) => [file, `${JSON.stringify(content, undefined, 2)}\n`]),
  );
}
