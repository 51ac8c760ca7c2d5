/** Asks for trust before a page writes a file. */
import { commands, workspace } from 'vscode';

/** Nothing is written in an untrusted workspace: the user is asked for trust first. */
export async function isWritingAllowed(): Promise<boolean> {
  if (!workspace.isTrusted) await commands.executeCommand('workbench.trust.manage');
  return workspace.isTrusted;
}
