import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as manifest from '../../package.json';
import english from '../../package.nls.json';
import chinese from '../../package.nls.zh-cn.json';
import { engines } from '../engine/registry';
import { COMMANDS } from '../host/registry';
import { CONTEXT_KEYS, EXTENSION_ID, SETTINGS, VIEW_CONTAINERS, VIEWS } from './contributions';

const root = join(__dirname, '..', '..');

describe('contributions', () => {
  it('are the same in code and in package.json', () => {
    const { contributes } = manifest;
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
    expect(Object.keys(contributes.configuration.properties).sort()).toEqual(Object.values(SETTINGS).sort());
    expect(`${manifest.publisher}.${manifest.name}`).toBe(EXTENSION_ID);
  });

  it('offer every engine in the settings, with its description', () => {
    const {
      enum: names,
      enumDescriptions,
      default: chosen,
    } = manifest.contributes.configuration.properties[SETTINGS.engine];
    expect([chosen, ...engines.map(({ name }) => name)]).toEqual(names);
    const texts = new Map<string, string>(Object.entries(english));
    const descriptions = enumDescriptions.map((key) => texts.get(key.slice(1, -1)));
    expect(descriptions.slice(1)).toEqual(engines.map(({ description }) => description));
  });

  it('activate the extension when the editor reads the schema of an experiment, and not in every window', () => {
    const { activationEvents, contributes } = manifest;
    expect(contributes.jsonValidation.map(({ fileMatch }) => fileMatch)).toEqual([
      '*.gan.json',
      '*.gan-sweep.json',
    ]);
    for (const texts of [english, chinese]) {
      for (const schema of [texts['experiment.schema'], texts['sweep.schema']])
        expect(activationEvents).toContain(`onFileSystem:${new URL(schema).protocol.slice(0, -1)}`);
    }
    // VS Code itself opens JSON with comments at startup.
    expect(activationEvents.filter((event) => /^(?:\*|onStartupFinished|onLanguage.*)$/.test(event))).toEqual(
      [],
    );
  });

  it('use in menus and `when` clauses only what there is', () => {
    const { menus } = manifest.contributes;
    const entries = Object.values(menus).flat();
    const commands: readonly string[] = Object.values(COMMANDS);
    expect(entries.map((entry) => entry.command).filter((id) => !commands.includes(id))).toEqual([]);
    const known: readonly string[] = [...Object.values(CONTEXT_KEYS), ...Object.values(VIEWS)];
    const { keybindings, viewsWelcome } = manifest.contributes;
    expect(keybindings.map(({ command }) => command).filter((id) => !commands.includes(id))).toEqual([]);
    const keys =
      JSON.stringify([menus, keybindings, viewsWelcome]).match(/\bgan\.(?:is|has|selection)\w*/g) ?? [];
    expect(keys.filter((key) => !known.includes(key))).toEqual([]);
    const links = Object.values(english).flatMap((text) => [
      ...text.matchAll(/\(command:(?:toSide:)?([\w.]+)[?)]/g),
    ]);
    const foreign = ['vscode.openFolder', 'workbench.action.openWalkthrough'];
    expect(
      links.map((link) => link[1] ?? '').filter((id) => !commands.includes(id) && !foreign.includes(id)),
    ).toEqual([]);
  });

  it('offer for several selected rows what can be done with several, and nothing else', () => {
    const rows = manifest.contributes.menus['view/item/context'];
    const inMenu = rows.filter(
      ({ when, group }) => when.includes(VIEWS.experiments) && !/^inline/.test(group),
    );
    const offered = inMenu.filter(({ when }) => !when.includes('!listMultiSelection'));
    expect(offered.map(({ command }) => command).sort()).toEqual(
      [
        COMMANDS.cancelWaiting,
        COMMANDS.compareSelected,
        COMMANDS.deleteCheckpoint,
        COMMANDS.deleteRun,
        COMMANDS.pauseTraining,
        COMMANDS.pinCheckpoint,
        COMMANDS.resumeTraining,
        COMMANDS.saveCheckpoint,
        COMMANDS.startNow,
        COMMANDS.stopTraining,
        COMMANDS.tagRun,
        COMMANDS.unpinCheckpoint,
      ].sort(),
    );
  });

  it('offer nothing in the palette that needs a run where there is none, or nobody has looked', () => {
    const { hasRuns, isTraining, isWaiting } = CONTEXT_KEYS;
    // Context keys are unset before the extension is activated.
    const hidden = manifest.contributes.menus.commandPalette.filter(({ when }) =>
      [hasRuns, isTraining, isWaiting, 'false'].includes(when),
    );
    const ofRows = manifest.contributes.menus['view/item/context'].filter(({ when }) =>
      /viewItem =~ .*(?:run|checkpoint)|viewItem == (?:run|checkpoint)/.test(when),
    );
    const needing = new Set([
      ...ofRows.map(({ command }) => command),
      COMMANDS.openDashboard,
      COMMANDS.stopSweep,
      COMMANDS.resumeSweep,
      COMMANDS.filterRuns,
    ]);
    expect(hidden.map(({ command }) => command).sort()).toEqual([...needing].sort());
  });

  it('end in an ellipsis where they ask for more before they act, and only there', () => {
    const texts = new Map<string, string>(Object.entries(english));
    const asking = manifest.contributes.commands
      .filter(({ title }) => texts.get(title.slice(1, -1))?.endsWith('…'))
      .map(({ command }) => command);
    expect(asking.sort()).toEqual(
      [
        COMMANDS.addNote,
        COMMANDS.applyToImages,
        COMMANDS.trainLonger,
        COMMANDS.applyFinding,
        COMMANDS.compareRuns,
        COMMANDS.evaluateRun,
        COMMANDS.exportRun,
        COMMANDS.exportSamples,
        COMMANDS.startOnSlurm,
        COMMANDS.fetchData,
        COMMANDS.filterRuns,
        COMMANDS.importDataset,
        COMMANDS.invertImage,
        COMMANDS.newExperiment,
        COMMANDS.renameRun,
        COMMANDS.setUpTensorFlow,
        COMMANDS.tagRun,
      ].sort(),
    );
  });

  it('call commands by keys in the tree alone, on what is selected there', () => {
    for (const { when, args } of manifest.contributes.keybindings) {
      expect(when).toContain(
        `focusedView == ${VIEWS.experiments} && !inputFocus && ${CONTEXT_KEYS.selection}`,
      );
      expect(args).toBe('selection');
    }
  });

  it('say in each view what to do, with a folder and without one', () => {
    const { viewsWelcome } = manifest.contributes;
    for (const view of Object.values(VIEWS)) {
      const conditions = viewsWelcome.filter((entry) => entry.view === view).map((entry) => entry.when);
      expect(conditions, view).toContainEqual(expect.stringContaining('workspaceFolderCount != 0'));
      expect(conditions, view).toContain('workspaceFolderCount == 0');
    }
  });

  it('lead a newcomer through files, commands, keys and presets that are there', () => {
    const commands: readonly string[] = Object.values(COMMANDS);
    const keys: readonly string[] = Object.values(CONTEXT_KEYS);
    for (const { steps } of manifest.contributes.walkthroughs) {
      expect(steps.length).toBeLessThanOrEqual(5);
      for (const { media, completionEvents } of steps) {
        const file = 'svg' in media ? media.svg : media.markdown;
        const text = readFileSync(join(root, file), 'utf8');
        // The content security policy of the page blocks such styles.
        expect(text, file).not.toMatch(/<style|\sstyle=/);
        // VS Code looks for a translation next to the original, under this name.
        const translation = file.replace(/\.md$/, '.nls.zh-cn.md');
        expect(existsSync(join(root, translation)), translation).toBe(true);
        for (const event of completionEvents) {
          const [kind, id = ''] = event.split(':');
          if (kind === 'onCommand') expect(commands).toContain(id);
          else if (kind === 'onContext') expect(keys).toContain(id);
          else expect(event).toBe('onStepSelected');
        }
      }
    }
    const links = Object.values(english).flatMap((text) => [
      ...text.matchAll(/\(command:(?:toSide:)?gan\.(?:newExperiment|startTraining)\?([^)]+)\)/g),
    ]);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      const [preset]: unknown[] = JSON.parse(decodeURIComponent(link[1] ?? ''));
      const places = ['examples', join('media', 'experiments')];
      expect(places.some((place) => existsSync(join(root, place, `${preset}.gan.json`)))).toBe(true);
    }
  });

  it('open beside the walkthrough what its buttons open, which would otherwise take its place', () => {
    const opening = [COMMANDS.newExperiment, COMMANDS.startTraining, COMMANDS.openDashboard];
    const steps = Object.entries(english).filter(([key]) => /^walkthrough\..*\.description$/.test(key));
    const inPlace = steps.filter(([, text]) => opening.some((id) => text.includes(`(command:${id}`)));
    expect(inPlace).toEqual([]);
  });

  it('are typed against the lowest VS Code that the manifest admits', () => {
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode']}`);
  });

  it('complete experiments by a schema that ships, in the language of the editor', () => {
    const [{ url } = { url: '' }] = manifest.contributes.jsonValidation;
    const languages = readdirSync(root).filter((name) => /^package\.nls(\..+)?\.json$/.test(name));
    const scheme = 'gan-schema:///';
    const shipped = readdirSync(join(root, 'schemas')).map((name) => `${scheme}${name}`);
    const named = languages.map((language) => {
      const strings: Record<string, string> = JSON.parse(readFileSync(join(root, language), 'utf8'));
      return strings[url.slice(1, -1)] ?? '';
    });
    expect(new Set(named).size).toBe(languages.length);
    expect(shipped).toEqual(expect.arrayContaining(named));
  });

  it('have every string in every language, and no other', () => {
    const text = readFileSync(join(root, 'package.json'), 'utf8');
    const used = new Set([...text.matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(Object.keys(english).sort());
    const languages = readdirSync(root).filter((name) => /^package\.nls\..+\.json$/.test(name));
    expect(languages.length).toBeGreaterThan(0);
    for (const language of languages) {
      const strings: unknown = JSON.parse(readFileSync(join(root, language), 'utf8'));
      expect(Object.keys(strings ?? {}).sort(), language).toEqual(Object.keys(english).sort());
    }
  });
});
