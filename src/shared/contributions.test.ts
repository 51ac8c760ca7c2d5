import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as manifest from '../../package.json';
import english from '../../package.nls.json';
import { COMMANDS, EXTENSION_ID, VIEW_CONTAINERS, VIEWS } from './contributions';

const root = join(__dirname, '..', '..');

describe('contributions', () => {
  it('are the same in code and in package.json', () => {
    const { contributes } = manifest;
    expect(contributes.commands.map((entry) => entry.command).sort()).toEqual(Object.values(COMMANDS).sort());
    expect(contributes.viewsContainers.activitybar.map((entry) => entry.id).sort()).toEqual(
      Object.values(VIEW_CONTAINERS).sort(),
    );
    expect(Object.keys(contributes.views).sort()).toEqual(Object.values(VIEW_CONTAINERS).sort());
    expect(
      Object.values(contributes.views)
        .flat()
        .map((entry) => entry.id)
        .sort(),
    ).toEqual(Object.values(VIEWS).sort());
    expect(`${manifest.publisher}.${manifest.name}`).toBe(EXTENSION_ID);
  });

  it('are typed against the lowest VS Code that the manifest admits', () => {
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode']}`);
  });

  it('have every string in every language, and no other', () => {
    const text = readFileSync(join(root, 'package.json'), 'utf8');
    const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(Object.keys(english).sort());
    const languages = readdirSync(root).filter((name) => /^package\.nls\..+\.json$/.test(name));
    expect(languages.length).toBeGreaterThan(0);
    for (const language of languages) {
      const strings: unknown = JSON.parse(readFileSync(join(root, language), 'utf8'));
      expect(Object.keys(strings ?? {}).sort(), language).toEqual(Object.keys(english).sort());
    }
  });
});
