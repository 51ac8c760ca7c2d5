import { describe, expect, it } from 'vitest';
import * as manifest from '../../../package.json';
import { COMMANDS, SETTINGS } from '../../shared/contributions';
import { needsTrust } from './trust';

const TRUSTED = 'isWorkspaceTrusted';

describe('a workspace that is not trusted', () => {
  it('lets a person look', () => {
    for (const id of [COMMANDS.openDashboard, COMMANDS.showLog, COMMANDS.copyPath])
      expect(needsTrust(id), id).toBe(false);
  });

  it('neither trains nor writes', () => {
    for (const id of [COMMANDS.startTraining, COMMANDS.resumeTraining, COMMANDS.newExperiment])
      expect(needsTrust(id), id).toBe(true);
    expect(needsTrust('gan.addedTomorrow')).toBe(true);
  });

  it('disables in the manifest what the code refuses', () => {
    const enablements = manifest.contributes.commands.map((entry) => [
      entry.command,
      'enablement' in entry ? entry.enablement : undefined,
    ]);
    expect(enablements).toEqual(
      manifest.contributes.commands.map(({ command }) => [
        command,
        needsTrust(command) ? TRUSTED : undefined,
      ]),
    );
  });

  it('names no folders outside itself', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect(restrictedConfigurations).toEqual([SETTINGS.runFolders]);
  });
});
