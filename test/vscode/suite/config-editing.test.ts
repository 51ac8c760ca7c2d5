/** What the editor says of an experiment while it is written, and how it puts things right. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import {
  type CodeAction,
  type CodeLens,
  commands,
  type Diagnostic,
  languages,
  type Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { COMMANDS } from '../../../src/shared/contributions';

const POLL_MS = 50;
const TEXT = `{
  // two misspelt names
  "data": { "source": "digts" },
  "citicSteps": 2,
}
`;

suite('editing an experiment', () => {
  let file = '';
  let document: TextDocument;

  suiteSetup(async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
    ok(folder);
    file = join(folder, 'mine.gan.json');
    await writeFile(file, TEXT);
    document = await workspace.openTextDocument(file);
    await window.showTextDocument(document);
  });

  suiteTeardown(async () => {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await rm(file);
  });

  /** Ours alone: the schema has its own. Mocha's time limit ends a wait that is in vain. */
  async function ourDiagnostics(count: number): Promise<readonly Diagnostic[]> {
    for (;;) {
      const found = languages.getDiagnostics(document.uri).filter(({ source }) => source === 'GAN');
      if (found.length === count) return found;
      await delay(POLL_MS);
    }
  }

  async function fixesAt(range: Range): Promise<readonly CodeAction[]> {
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
    );
    return actions.filter(({ title }) => title.startsWith('Change to'));
  }

  test('what is wrong is marked where it stands, and put right by its quick fix', async () => {
    const wrong = await ourDiagnostics(2);
    deepEqual(
      wrong.map(({ range }) => document.getText(range)),
      ['"digts"', '"citicSteps"'],
    );
    for (let left = wrong.length; left > 0; left--) {
      // Where the others stand is looked at anew after each change.
      const range = (await ourDiagnostics(left)).at(-1)?.range;
      ok(range);
      const [fix] = await fixesAt(range);
      ok(fix?.edit instanceof WorkspaceEdit);
      ok(await workspace.applyEdit(fix.edit));
    }
    await ourDiagnostics(0);
    equal(document.getText(), TEXT.replace('digts', 'digits').replace('citicSteps', 'criticSteps'));
  });

  test('it is trained from the line above it', async () => {
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    const start = lenses.find(({ command }) => command?.command === COMMANDS.startTraining);
    ok(start);
    equal(start.range.start.line, 0);
    equal(String(start.command?.arguments?.[0]), String(Uri.file(file)));
  });
});
