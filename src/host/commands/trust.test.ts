import { describe, expect, it } from 'vitest';
import * as manifest from '../../../package.json';
import { SETTINGS } from '../../shared/contributions';
import { COMMAND_TABLE, COMMANDS } from '../registry';
import { needsTrust } from './trust';

describe('a workspace that is not trusted', () => {
  it('lets a person look', () => {
    for (const id of [COMMANDS.openDashboard, COMMANDS.showLog, COMMANDS.copyPath])
      expect(needsTrust(COMMAND_TABLE[id]), id).toBe(false);
  });

  it('neither trains nor writes', () => {
    for (const id of [COMMANDS.startTraining, COMMANDS.resumeTraining, COMMANDS.newExperiment])
      expect(needsTrust(COMMAND_TABLE[id]), id).toBe(true);
    // A command that is added tomorrow.
    expect(needsTrust({})).toBe(true);
  });

  it('disables in the manifest what the code refuses', () => {
    const disabled = manifest.contributes.commands.filter((entry) => 'enablement' in entry);
    expect(disabled.map(({ command }) => command)).toEqual(
      Object.values(COMMANDS).filter((id) => needsTrust(COMMAND_TABLE[id])),
    );
    expect(new Set(disabled.map((entry) => 'enablement' in entry && entry.enablement))).toEqual(
      new Set(['isWorkspaceTrusted']),
    );
  });

  it('names no folders outside itself, no library, and nothing that a batch script runs', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect(restrictedConfigurations).toEqual([
      SETTINGS.runFolders,
      SETTINGS.tensorFlowLibrary,
      SETTINGS.slurmSetup,
      SETTINGS.slurmOptions,
    ]);
  });
});
