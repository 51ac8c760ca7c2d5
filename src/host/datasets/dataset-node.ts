/** A row of the tree of datasets, and what commands are given when they are called on it. */
import { dirname, resolve } from 'node:path';
import { Uri } from 'vscode';
import type { DescribedData } from '../config-editing/experiment-service';

export class DatasetNode {
  constructor(
    readonly data: DescribedData,
    /** The experiments that use it, at least one. */
    readonly files: readonly [Uri, ...Uri[]],
  ) {}

  /** The folder or file that the data is in, or the first experiment where it is in none. */
  get place(): Uri {
    const [file] = this.files;
    const { place } = this.data;
    return place === undefined ? file : Uri.file(resolve(dirname(file.fsPath), place));
  }
}
