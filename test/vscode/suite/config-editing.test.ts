/** Diagnostics and quick fixes in the editor while an experiment is written. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import {
  type CodeAction,
  type CodeLens,
  type CompletionList,
  commands,
  type Diagnostic,
  extensions,
  type Hover,
  languages,
  MarkdownString,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { COMMANDS } from '../../../src/host/registry';
import { EXTENSION_ID } from '../../../src/shared/contributions';

const POLL_MS = 50;
const LONGEST_WAIT_MS = 30_000;
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
    await writeFile(file.replace('mine', 'other'), '');
    await extensions.getExtension(EXTENSION_ID)?.activate();
    document = await workspace.openTextDocument(file);
    await window.showTextDocument(document);
  });

  suiteTeardown(async () => {
    await commands.executeCommand('workbench.action.files.revert');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await rm(file);
    await rm(file.replace('mine', 'other'));
  });

  /** From any source. */
  async function diagnosticsOf(uri: Uri, count: number): Promise<readonly Diagnostic[]> {
    for (let waited = 0; ; waited += POLL_MS) {
      const found = languages.getDiagnostics(uri);
      if (found.length === count) return found;
      ok(
        waited < LONGEST_WAIT_MS,
        `${found.length} are shown: ${found.map(({ message }) => message).join('; ')}`,
      );
      await delay(POLL_MS);
    }
  }

  /** In a separate editor, unsaved. */
  async function written(text: string): Promise<TextDocument> {
    const other = await workspace.openTextDocument(Uri.file(file.replace('mine', 'other')));
    await window.showTextDocument(other);
    const edit = new WorkspaceEdit();
    edit.replace(other.uri, new Range(other.positionAt(0), other.positionAt(other.getText().length)), text);
    ok(await workspace.applyEdit(edit));
    return other;
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
    const wrong = await diagnosticsOf(document.uri, 2);
    deepEqual(
      wrong.map(({ range }) => document.getText(range)),
      ['"digts"', '"citicSteps"'],
    );
    for (let left = wrong.length; left > 0; left--) {
      // Ranges move with each change, so read them again.
      const range = (await diagnosticsOf(document.uri, left)).at(-1)?.range;
      ok(range);
      const [fix] = await fixesAt(range);
      ok(fix?.edit instanceof WorkspaceEdit);
      ok(await workspace.applyEdit(fix.edit));
    }
    await diagnosticsOf(document.uri, 0);
    equal(document.getText(), TEXT.replace('digts', 'digits').replace('citicSteps', 'criticSteps'));
  });

  test('each mistake is marked once, also where the JSON is broken', async () => {
    // The missing comma shows that the editor has checked the same text.
    const other = await written(`{
  "data": { "source": "digits", "batchSize": "64" },
  "objective": "hinje",
  "regularisers": ["r3", { "name": "r1", "wait": 2 }],
  "ema": true,
  "seed": -1 "criticSteps": 2
}`);
    const marked = await diagnosticsOf(other.uri, 7);
    deepEqual(
      marked
        .map(({ range, source }) => `${source === 'GAN' ? 'ours' : 'theirs'}: ${other.getText(range)}`)
        .sort(),
      ['"64"', '"hinje"', '"r3"', '"wait"', '-1', 'true']
        .map((text) => `ours: ${text}`)
        .concat('theirs: "criticSteps"')
        .sort(),
    );
  });

  /** Returns the hover text for the part of `text` between the two bars, which are removed first. */
  async function hoverIn(text: string): Promise<string> {
    const other = await written(text.replaceAll('|', ''));
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      other.uri,
      other.positionAt(text.indexOf('|') + 1),
    );
    return hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof MarkdownString ? content.value : String(content)))
      .join('\n');
  }

  test('keys and names are explained, also beside mistakes', async () => {
    const size = await hoverIn('{ "latent": { |"size"|: 64 }, "objective": "hinje" }');
    for (const part of ['Type: integer', 'Range: 1 – 65536', 'Default: `100`']) ok(size.includes(part), size);
    const hinge = await hoverIn('{ "objective": |"hinge"|, "sed": 1 }');
    for (const part of [
      '`"least-squares"`: Least squares (LSGAN)',
      'mean[max(0, 1 - D(x))]',
      '[Geometric GAN](https://arxiv.org/abs/1705.02894)',
    ])
      ok(hinge.includes(part), hinge);
  });

  async function completionsAt(text: string): Promise<readonly string[]> {
    const other = await written(text.replace('|', ''));
    const { items } = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      other.uri,
      other.positionAt(text.indexOf('|')),
    );
    return items.map(({ label }) => (typeof label === 'string' ? label : label.label)).sort();
  }

  test('what can be written is offered once, and only what belongs there', async () => {
    deepEqual(await completionsAt('{ "latent": { | }, "sed": 1 }'), ['prior', 'size']);
    deepEqual(await completionsAt('{ "latent": { "prior": | } }'), ['"normal"', '"uniform"']);
    deepEqual(await completionsAt('{ "regularisers": [{ "name": "r1", | }] }'), ['every', 'weight']);
    deepEqual(await completionsAt('{ "data": { | } }'), ['source']);
    ok((await completionsAt('{ "objective": | }')).includes('"hinge"'));
  });

  test('it is trained from the line above it', async () => {
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    const start = lenses.find(({ command }) => command?.command === COMMANDS.startTraining);
    ok(start);
    equal(start.range.start.line, 0);
    equal(String(start.command?.arguments?.[0]), String(Uri.file(file)));
  });
});
