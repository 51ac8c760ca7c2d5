import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentTools } from '../agent/registry';
import { packageData } from '../data/packages/package-data';
import { dataSources } from '../data/registry';
import { ODD_SETTINGS } from '../diagnostics/odd-settings';
import { rules } from '../diagnostics/registry';
import { engines } from '../engine/registry';
import { commentsIn } from '../shared/comments';
import { CURVE_TITLES } from '../shared/curve-titles';
import { PHASE_TITLES } from '../shared/evaluation-progress';
import { EVIDENCE_TITLES } from '../shared/evidence';
import { EXPORT_FORMATS } from '../shared/export-formats';
import { SCORE_KINDS } from '../shared/scores';
import { COMMAND_TABLE } from './registry';

const root = join(__dirname, '..', '..');

/**
 * Source folders with user-visible texts, and their translation calls. The host passes the webview its translations; the
 * command line reads them itself.
 */
const PLACES = [
  { folder: __dirname, call: String.raw`l10n\.t\(\s*` },
  { folder: join(root, 'src'), call: String.raw`(?<![.\w]|function )localizable\(\s*` },
  { folder: join(root, 'src', 'cli'), call: String.raw`(?<![.\w]|function )t\(\s*` },
  { folder: join(root, 'src', 'export', 'report'), call: String.raw`(?<![.\w]|function )t\(\s*` },
  { folder: join(root, 'webview'), call: String.raw`(?<![.\w])t\(\s*` },
];

/**
 * A user-visible error whose message exists in English only. Some have a file as first argument, and the language's own
 * errors are for programmers.
 */
const ENGLISH_ERROR = /new (?!(?:Type|Range|Config)Error)\w+Error\(\s*['"`]/g;

/** Comments of the experiments that presets create. */
function presetComments(): string[] {
  return ['examples', 'media/experiments'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.gan.json'))
      .flatMap((name) => commentsIn(readFileSync(join(root, folder, name), 'utf8'))),
  );
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('texts.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** Texts must be literals at the call: strings assembled at run time cannot be translated. */
function shownTexts(): string[] {
  const texts = PLACES.flatMap(({ folder, call }) =>
    sourcesIn(folder).flatMap((source) =>
      [...source.matchAll(new RegExp(`${call}'((?:\\\\.|[^'\\\\])*)'`, 'g'))].map((match) => match[1] ?? ''),
    ),
  );
  // The texts of findings are in the rules, and in the settings that cause them.
  const causes = Object.values(ODD_SETTINGS).map(({ explanation }) => explanation);
  const told = [...rules.flatMap(({ title, explanation }) => [title, explanation]), ...causes];
  return [
    ...new Set([
      ...texts,
      ...told,
      ...presetComments(),
      ...dataSources.map(({ title }) => title),
      ...engines.map(({ title }) => title),
      ...packageData.map(({ title }) => title),
      ...Object.values(CURVE_TITLES),
      ...SCORE_KINDS.flatMap(({ title, longTitle }) => (longTitle === undefined ? [] : [title, longTitle])),
      ...Object.values(EVIDENCE_TITLES),
      ...Object.values(PHASE_TITLES),
      ...Object.values(COMMAND_TABLE).map(({ title }) => title),
      ...agentTools.map(({ title }) => title),
      ...EXPORT_FORMATS.flatMap(({ title, description, output }) => [
        title,
        description,
        ...(output === 'folder' ? [] : [output.fileType]),
      ]),
    ]),
  ].sort();
}

describe('the strings of the extension', () => {
  const bundles = readdirSync(join(root, 'l10n')).filter((name) => name.startsWith('bundle.'));

  it('are all found by this test', () => {
    const calls = PLACES.flatMap(({ folder, call }) =>
      sourcesIn(folder).flatMap((source) => source.match(new RegExp(`${call}[^'\\s]`, 'g')) ?? []),
    );
    expect(calls).toEqual([]);
    expect(shownTexts().length).toBeGreaterThan(0);
  });

  it('are said with places for their values where errors reach people', () => {
    const english = [
      'agent',
      'cli',
      'config',
      'data',
      'diagnostics',
      'evaluation',
      'export',
      'gan',
      'latents',
      'network-summary',
      'run-folder',
      'session',
      'slurm',
      'storage',
      'sweep',
      'training',
      'translation',
      'user-networks',
    ].flatMap((name) =>
      sourcesIn(join(root, 'src', name)).flatMap((source) => source.match(ENGLISH_ERROR) ?? []),
    );
    expect(english).toEqual([]);
  });

  it.each(bundles)('keeps keys and values of experiments as they are in %s', (bundle) => {
    const translations: Record<string, string> = JSON.parse(readFileSync(join(root, 'l10n', bundle), 'utf8'));
    for (const [text, translation] of Object.entries(translations))
      for (const literal of text.match(/"[^"{}\s]+"|`[^`]+`/g) ?? [])
        expect(translation, text).toContain(literal);
  });

  it.each(bundles)('%s translates every one, with the same places for values', (bundle) => {
    const translations: Record<string, string> = JSON.parse(readFileSync(join(root, 'l10n', bundle), 'utf8'));
    expect(Object.keys(translations).sort()).toEqual(shownTexts());
    const places = (text: string): string[] => (text.match(/\{\d\}/g) ?? []).sort();
    for (const [text, translation] of Object.entries(translations))
      expect(places(translation), text).toEqual(places(text));
  });
});
