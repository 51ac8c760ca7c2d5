/** The extension is there, sleeps until it is needed, and then does what its manifest says. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { suite, test } from 'mocha';
import { commands, extensions } from 'vscode';
import { COMMANDS, EXTENSION_ID, VIEWS } from '../../../src/shared/contributions';

suite('activation', () => {
  const extension = extensions.getExtension(EXTENSION_ID);

  test('the extension is present, from its packaged files', () => {
    ok(extension);
    equal(extension.packageJSON.main, './dist/extension.cjs');
  });

  test('it is not active before anything of it is used', () => {
    equal(extension?.isActive, false);
  });

  test('opening its view activates it and shows no error', async () => {
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
