/** The selection in the experiments tree. Keyboard shortcuts act on it, since VS Code passes a row to menus only. */
import { commands, type Disposable, type TreeView } from 'vscode';
import { CONTEXT_KEYS } from '../../shared/contributions';
import { BatchJobNode, CheckpointNode, RunNode, type TreeNode, WaitingNode } from './nodes';

/** The value that `when` clauses match; empty if the rows have no command in common. */
export function selectionKind(rows: readonly unknown[]): 'run' | 'runs' | 'checkpoints' | 'waiting' | '' {
  if (rows.length === 0) return '';
  if (rows.every((row) => row instanceof RunNode)) return rows.length === 1 ? 'run' : 'runs';
  if (rows.every((row) => row instanceof CheckpointNode)) return 'checkpoints';
  return rows.every((row) => row instanceof WaitingNode || row instanceof BatchJobNode) ? 'waiting' : '';
}

export class Selection {
  #view: Pick<TreeView<TreeNode>, 'selection'> | undefined;

  get rows(): readonly TreeNode[] {
    return this.#view?.selection ?? [];
  }

  follow(view: Pick<TreeView<TreeNode>, 'selection' | 'onDidChangeSelection'>): Disposable {
    this.#view = view;
    return view.onDidChangeSelection(({ selection }) => {
      void commands.executeCommand('setContext', CONTEXT_KEYS.selection, selectionKind(selection));
    });
  }
}
