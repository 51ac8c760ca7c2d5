/** *Filter Runs…* and *Clear Filter*: of a thousand runs, those whose name, tags, experiment or state fit. */
import { l10n, window } from 'vscode';
import type { Host } from '../host';

/** Keeps what the open box says and closes it. */
let settle: (() => void) | undefined;

/** Any other input closes the box as Escape does, and whoever tags what is filtered does not mean that. */
export function settleFilter(): void {
  settle?.();
}

export async function filterRuns({ filter }: Pick<Host, 'filter'>): Promise<void> {
  const before = filter.text;
  const box = window.createInputBox();
  box.title = l10n.t('Filter Runs');
  box.value = before;
  // Whoever looks at what fits clicks into the tree.
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
