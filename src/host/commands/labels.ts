/** *Rename…*, *Edit Tags…* and *Edit Note…*: the user's labels for a run, stored in its `control` folder. */
import { basename } from 'node:path';
import { type InputBoxOptions, l10n, window } from 'vscode';
import type { RunLabels } from '../../shared/run-format';
import type { RunServices } from '../host';
import { lineOf, NEW_LINE, noteOf, tagsOf } from './label-text';
import { runFolderFor, runFoldersFor } from './run-target';

interface Question {
  readonly title: string;
  box(labels: RunLabels, runFolder: string): InputBoxOptions;
  change(labels: RunLabels, answer: string): RunLabels;
}

async function changeLabels(
  host: RunServices,
  target: unknown,
  { title, box, change }: Question,
): Promise<void> {
  const runFolder = await runFolderFor(host, target, title);
  if (runFolder === undefined) return;
  const { readLabels, writeLabels } = await import('../../run-folder/control');
  const answer = await window.showInputBox({ title, ...box(await readLabels(runFolder), runFolder) });
  if (answer === undefined) return;
  // Read again: another process may have written while the box was open.
  await writeLabels(runFolder, change(await readLabels(runFolder), answer));
  await host.runs.reread();
}

export async function renameRun(host: RunServices, target: unknown): Promise<void> {
  await changeLabels(host, target, {
    title: l10n.t('Rename Run'),
    box: ({ name }, runFolder) => ({
      // Keyboard shortcuts act on the selection, which may not be the row that the user last looked at.
      title: l10n.t('Rename {0}', name ?? basename(runFolder)),
      value: name ?? basename(runFolder),
      prompt: l10n.t('Name shown for the run. The folder keeps its own name; leave this empty to show that.'),
    }),
    change: ({ name, ...others }, answer) => {
      const given = answer.trim();
      return given === '' ? others : { ...others, name: given };
    },
  });
}

export async function tagRun(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const title = l10n.t('Edit Tags');
  const runFolders = await runFoldersFor(host, targets, title);
  const [runFolder] = runFolders;
  if (runFolder === undefined) return;
  if (runFolders.length > 1) return await addTags(host, runFolders, title);
  await changeLabels(host, runFolder, {
    title,
    box: ({ tags }) => ({ value: tags.join(', '), prompt: l10n.t('Tags, separated by commas') }),
    change: (labels, answer) => ({ ...labels, tags: tagsOf(answer) }),
  });
}

/** Adds to the existing tags of several runs. */
async function addTags(host: RunServices, runFolders: readonly string[], title: string): Promise<void> {
  const prompt = l10n.t('Tags to add to {0} runs, separated by commas', runFolders.length);
  const answer = await window.showInputBox({ title, prompt });
  if (answer === undefined) return;
  const { readLabels, writeLabels } = await import('../../run-folder/control');
  // All are read before any is written, so that a damaged one leaves all of them unchanged.
  const found = await Promise.all(
    runFolders.map(async (runFolder) => ({ runFolder, labels: await readLabels(runFolder) })),
  );
  for (const { runFolder, labels } of found)
    await writeLabels(runFolder, { ...labels, tags: tagsOf([...labels.tags, answer].join(',')) });
  await host.runs.reread();
}

export async function addNote(host: RunServices, target: unknown): Promise<void> {
  await changeLabels(host, target, {
    title: l10n.t('Edit Note'),
    box: ({ note }) => ({
      value: lineOf(note),
      prompt: l10n.t('Note about this run. {0} stands for a line break.', NEW_LINE),
    }),
    change: (labels, answer) => ({ ...labels, note: noteOf(answer) }),
  });
}
