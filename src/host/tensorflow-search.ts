/**
 * Tells workers and commands where to look for the TensorFlow library. They inherit the environment of this process; the
 * packages of a workspace are looked through only if it is trusted.
 */
import { delimiter } from 'node:path';
import { Disposable, workspace } from 'vscode';
import { SETTINGS } from '../shared/contributions';
import { LIBRARY_VARIABLE, WORKSPACE_VARIABLE } from '../shared/tensorflow-search';

/** Until it is disposed of. */
export function keepTensorFlowSearch(): Disposable {
  const inherited = process.env[LIBRARY_VARIABLE];
  const publish = (): void => {
    const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
    process.env[WORKSPACE_VARIABLE] = folders.map(({ uri }) => uri.fsPath).join(delimiter);
    const chosen = workspace.getConfiguration().get<string>(SETTINGS.tensorFlowLibrary, '') || inherited;
    if (chosen === undefined) delete process.env[LIBRARY_VARIABLE];
    else process.env[LIBRARY_VARIABLE] = chosen;
  };
  publish();
  return Disposable.from(
    workspace.onDidGrantWorkspaceTrust(publish),
    workspace.onDidChangeWorkspaceFolders(publish),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS.tensorFlowLibrary)) publish();
    }),
  );
}
