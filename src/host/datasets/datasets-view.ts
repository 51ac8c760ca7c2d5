/** The datasets tree: the data of the workspace's experiments, each dataset once. */

import { basename } from 'node:path';
import {
  type Disposable,
  EventEmitter,
  l10n,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { VIEWS } from '../../shared/contributions';
import { describeError } from '../../shared/errors';
import { experimentCandidates } from '../../shared/experiment-place';
import type { DescribedData } from '../config-editing/experiment-service';
import { findExperiments } from '../experiments/runs-model';
import type { Services } from '../host';
import { COMMANDS } from '../registry';
import { type DatasetRow, datasetDescription, sizeTexts } from './dataset-description';
import { DatasetNode, distinguished } from './dataset-node';
import { classesText, datasetTitle } from './dataset-texts';

class DatasetTree implements TreeDataProvider<DatasetNode> {
  readonly #host: Services;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: Disposable[];
  /** The rows of the nodes returned last. */
  #rows: ReadonlyMap<DatasetNode, DatasetRow> = new Map();

  constructor(host: Services) {
    this.#host = host;
    const changed = (): void => this.#changed.fire();
    this.#subscriptions = [
      this.#changed,
      // New records of runs do not affect their data.
      host.runs.onDidChange((folders) => {
        if (folders === undefined) changed();
      }),
      host.datasets.onDidChange(changed),
      workspace.onDidSaveTextDocument(({ fileName }) => {
        if (fileName.endsWith('.gan.json')) changed();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async getChildren(node?: DatasetNode): Promise<DatasetNode[]> {
    if (node !== undefined) return [];
    const byKey = new Map<string, DatasetNode>();
    for (const file of await findExperiments()) {
      const data = await this.#describe(file);
      if (data === undefined) continue;
      const known = byKey.get(data.key);
      const files: readonly [Uri, ...Uri[]] = known === undefined ? [file] : [...known.files, file];
      byKey.set(data.key, new DatasetNode(known?.data ?? data, files));
    }
    const nodes = distinguished([...byKey.values()]);
    this.#rows = new Map(nodes.map((one) => [one, this.#rowOf(one)]));
    return nodes;
  }

  getTreeItem(node: DatasetNode): TreeItem {
    const row = this.#rows.get(node) ?? this.#rowOf(node);
    const item = new TreeItem(row.title);
    const { files } = node;
    const [file] = files;
    item.description = datasetDescription(row, [...this.#rows.values()]);
    item.tooltip = files.map(({ fsPath }) => workspace.asRelativePath(fsPath)).join('\n');
    item.iconPath = new ThemeIcon('database');
    item.contextValue = 'dataset';
    item.command = { command: COMMANDS.openDataset, title: l10n.t('Open Dataset'), arguments: [file] };
    return item;
  }

  #rowOf({ data, files, folder }: DatasetNode): DatasetRow {
    const summary = files
      .map(({ fsPath }) => this.#host.datasets.get(fsPath))
      .find((one) => one !== undefined);
    const classes = summary?.classes.length ?? data.classes;
    const kind = datasetTitle(data.title);
    return {
      ...(data.place === undefined ? { title: kind } : { title: basename(data.place), kind }),
      traits: [
        ...(folder === '' ? [] : [folder]),
        ...sizeTexts(data),
        ...(classes === undefined || classes === 0 ? [] : [classesText(classes)]),
      ],
      settings: data.settings,
      count: summary === undefined ? this.#recordedCount(files) : summary.train + summary.heldOut,
    };
  }

  /** A file that does not parse is marked in its editor and has no data to show. */
  async #describe(file: Uri): Promise<DescribedData | undefined> {
    try {
      const text = new TextDecoder().decode(await workspace.fs.readFile(file));
      return this.#host.experimentService().describeData(text, file.fsPath);
    } catch (error) {
      this.#host.log.debug(`${file.fsPath}: ${describeError(error)}`);
      return undefined;
    }
  }

  /** The number of examples recorded by the newest run of one of the experiments. */
  #recordedCount(files: readonly Uri[]): number | undefined {
    const paths = files.map(({ fsPath }) => fsPath);
    for (const { run } of this.#host.runs.runs) {
      if (!('record' in run)) continue;
      if (!experimentCandidates(run.folder, run.record).some((file) => paths.includes(file))) continue;
      const { data } = run.record;
      if (data !== undefined) return data.examples + data.heldOut;
    }
    return undefined;
  }
}

export function createDatasetsView(services: Services): Disposable[] {
  const tree = new DatasetTree(services);
  return [tree, window.createTreeView(VIEWS.datasets, { treeDataProvider: tree })];
}
