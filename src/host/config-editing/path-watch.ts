/** Reports when a missing file or folder appears, by watching the nearest existing folder for new entries. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Disposable, RelativePattern, Uri, workspace } from 'vscode';

function nearestExisting(path: string): string {
  const parent = dirname(path);
  return parent === path || existsSync(parent) ? parent : nearestExisting(parent);
}

export class PathWatch implements Disposable {
  readonly #watchers = new Map<string, Disposable>();

  /** Replaces the previous watch for this key. Also fires for an intermediate folder of a path. */
  watch(key: string, paths: readonly string[], onAppear: () => void): void {
    this.forget(key);
    if (paths.length === 0) return;
    const folders = new Set(paths.map(nearestExisting));
    const parts = [...folders].flatMap((folder) => {
      const pattern = new RelativePattern(Uri.file(folder), '*');
      const watcher = workspace.createFileSystemWatcher(pattern, false, true, true);
      return [watcher, watcher.onDidCreate(onAppear)];
    });
    this.#watchers.set(key, Disposable.from(...parts));
  }

  forget(key: string): void {
    this.#watchers.get(key)?.dispose();
    this.#watchers.delete(key);
  }

  dispose(): void {
    for (const key of [...this.#watchers.keys()]) this.forget(key);
  }
}
