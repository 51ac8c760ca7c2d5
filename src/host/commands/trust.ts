/**
 * Restricted mode: in an untrusted workspace, the user can only look. Training reads files that an experiment names,
 * and run folders are written next to it; both require trust in the authors of the files.
 */
import type { CommandDefinition } from './command';

/** Whether to refuse a command in an untrusted workspace, which package.json also disables there. */
export function needsTrust({ inRestrictedMode }: Pick<CommandDefinition, 'inRestrictedMode'>): boolean {
  return inRestrictedMode !== true;
}
