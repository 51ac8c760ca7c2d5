/** Rows of the datasets tree, which commands receive as arguments. */
import { dirname, resolve } from 'node:path';
import { Uri } from 'vscode';
import type { DescribedData } from '../config-editing/experiment-service';
import { distinctFolders } from './distinct-folders';

export class DatasetNode {
  constructor(
    readonly data: DescribedData,
    /** The experiments that use it; never empty. */
    readonly files: readonly [Uri, ...Uri[]],
    /** Distinguishes its folder from others of the same name; empty if the name is unique. */
    readonly folder = '',
  ) {}

  /** The folder or file of the data, or the first experiment if it has none. */
  get place(): Uri {
    const [file] = this.files;
    const { place } = this.data;
    return place === undefined ? file : Uri.file(resolve(dirname(file.fsPath), place));
  }
}

/** Adds the folder to each node whose name is not unique. */
export function distinguished(nodes: readonly DatasetNode[]): DatasetNode[] {
  const places = nodes.flatMap(({ data, place }) => (data.place === undefined ? [] : [place.fsPath]));
  const folders = new Map(distinctFolders(places).map((folder, i) => [places[i], folder]));
  return nodes.map(({ data, files, place }) => new DatasetNode(data, files, folders.get(place.fsPath)));
}
