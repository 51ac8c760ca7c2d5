/** The extension is installed, stays inactive until needed, and then does what its manifest declares. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { suite, test } from 'mocha';
import { type CodeLens, commands, extensions, languages, Uri, window, workspace } from 'vscode';
import { COMMANDS } from '../../../src/host/registry';
import { EXTENSION_ID, VIEWS } from '../../../src/shared/contributions';

const POLL_MS = 50;

suite('activation', () => {
  const extension = extensions.getExtension(EXTENSION_ID);

  test('the extension is present, from its packaged files', () => {
    ok(extension);
    equal(extension.packageJSON.main, './dist/extension.cjs');
  });

  test('it is not active before anything of it is used', () => {
    equal(extension?.isActive, false);
  });

  test('an experiment that is written in a workspace without any activates it', async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri;
    ok(folder);
    const file = Uri.joinPath(folder, 'first.gan.json');
    await workspace.fs.writeFile(file, Buffer.from('{ "model": "dcgn" }'));
    await window.showTextDocument(file);
    while (languages.getDiagnostics(file).length === 0) await delay(POLL_MS);
    equal(extension?.isActive, true);
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', file);
    ok(lenses.some(({ command }) => command?.command === COMMANDS.startTraining));
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(file);
  });

  test('opening its view shows no error', async () => {
    await commands.executeCommand(`${VIEWS.experiments}.focus`);
    await extension?.activate();
    equal(extension?.isActive, true);
  });

  test('every contributed command is registered', async () => {
    const registered = await commands.getCommands(true);
    deepEqual(
      Object.values(COMMANDS).filter((id) => !registered.includes(id)),
      [],
    );
  });
});
