/** Asks for trust where a page is about to write a file. */
import { commands, workspace } from 'vscode';

/** Nothing is written for somebody who has not said that they trust the workspace: they are asked. */
export async function isWritingAllowed(): Promise<boolean> {
  if (!workspace.isTrusted) await commands.executeCommand('workbench.trust.manage');
  return workspace.isTrusted;
}
