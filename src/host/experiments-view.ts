/** The tree of experiments in the activity bar: the files ending in `.gan.json` of every workspace folder. */
import {
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { VIEWS } from '../shared/contributions';

const EXPERIMENT_FILES = '**/*.gan.json';

class ExperimentTree implements TreeDataProvider<Uri> {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly watcher = workspace.createFileSystemWatcher(EXPERIMENT_FILES, false, true, false);

  constructor() {
    this.watcher.onDidCreate(() => this.changed.fire());
    this.watcher.onDidDelete(() => this.changed.fire());
  }

  async getChildren(): Promise<Uri[]> {
    const files = await workspace.findFiles(EXPERIMENT_FILES, '**/{node_modules,gan-runs}/**');
    return files.sort((a, b) => a.path.localeCompare(b.path));
  }

  getTreeItem(file: Uri): TreeItem {
    const item = new TreeItem(file);
    item.iconPath = new ThemeIcon('beaker');
    item.command = { command: 'vscode.open', title: '', arguments: [file] };
    return item;
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }
}

/** Shows the view; where there is no experiment, VS Code shows the welcome text that package.json contributes. */
export function createExperimentsView(): Disposable[] {
  const tree = new ExperimentTree();
  return [tree, window.createTreeView(VIEWS.experiments, { treeDataProvider: tree })];
}
