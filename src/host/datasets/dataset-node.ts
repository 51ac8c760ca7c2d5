/** A row of the tree of datasets, and what commands are given when they are called on it. */
import { dirname, resolve } from 'node:path';
import { Uri } from 'vscode';
import type { DescribedData } from '../config-editing/experiment-service';
import { distinctFolders } from './distinct-folders';

export class DatasetNode {
  constructor(
    readonly data: DescribedData,
    /** The experiments that use it, at least one. */
    readonly files: readonly [Uri, ...Uri[]],
    /** What tells its place from others of the same name; empty where nothing needs to. */
    readonly folder = '',
  ) {}

  /** The folder or file that the data is in, or the first experiment where it is in none. */
  get place(): Uri {
    const [file] = this.files;
    const { place } = this.data;
    return place === undefined ? file : Uri.file(resolve(dirname(file.fsPath), place));
  }
}

/** With the folder of each whose name others have as well. */
export function distinguished(nodes: readonly DatasetNode[]): DatasetNode[] {
  const places = nodes.flatMap(({ data, place }) => (data.place === undefined ? [] : [place.fsPath]));
  const folders = new Map(distinctFolders(places).map((folder, i) => [places[i], folder]));
  return nodes.map(({ data, files, place }) => new DatasetNode(data, files, folders.get(place.fsPath)));
}
