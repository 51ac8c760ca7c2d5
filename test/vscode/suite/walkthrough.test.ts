/** The contributed walkthrough can be opened. */
import { equal } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { suite, teardown, test } from 'mocha';
import { commands, extensions, window } from 'vscode';
import { EXTENSION_ID } from '../../../src/shared/contributions';

const POLL_MS = 50;

suite('the walkthrough', () => {
  teardown(() => commands.executeCommand('workbench.action.closeAllEditors'));

  test('opens in an editor of its own', async () => {
    const [walkthrough] = extensions.getExtension(EXTENSION_ID)?.packageJSON.contributes.walkthroughs ?? [];
    await commands.executeCommand('workbench.action.openWalkthrough', `${EXTENSION_ID}#${walkthrough.id}`);
    const label = (): string | undefined => window.tabGroups.activeTabGroup.activeTab?.label;
    // VS Code names the editor after the walkthrough, or after all of them.
    while (label() === undefined) await delay(POLL_MS);
    equal(/Walkthrough|Welcome|GAN/.test(label() ?? ''), true, label());
  });
});
