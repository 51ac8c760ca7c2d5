/** *Filter Runs…* and *Clear Filter*: restricts the tree to runs whose name, tags, experiment or state match. */
import { l10n, window } from 'vscode';
import type { Host } from '../host';

/** Applies the text of the open box and closes it. */
let settle: (() => void) | undefined;

/**
 * Opening another input closes the box as Escape does, but a user who tags the filtered runs does not mean to cancel.
 */
export function settleFilter(): void {
  settle?.();
}

export async function filterRuns({ filter }: Pick<Host, 'filter'>): Promise<void> {
  const before = filter.text;
  const box = window.createInputBox();
  box.title = l10n.t('Filter Runs');
  box.value = before;
  // Users click into the tree to look at the matches.
  box.ignoreFocusOut = true;
  box.prompt = l10n.t('Filter by name, experiment, state or #tag');
  const isAccepted = await new Promise<boolean>((resolve) => {
    box.onDidChangeValue((text) => filter.set(text));
    box.onDidAccept(() => resolve(true));
    box.onDidHide(() => resolve(false));
    settle = () => resolve(true);
    box.show();
  });
  settle = undefined;
  box.dispose();
  if (!isAccepted) filter.set(before);
}

export async function clearFilter({ filter }: Host): Promise<void> {
  filter.set('');
}
