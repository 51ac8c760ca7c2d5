/**
 * Serves the schema of experiments from a custom scheme. The editor reads it when an experiment is opened, which
 * activates the extension in a workspace that had no experiments. Activation by language would activate it in every
 * window, since VS Code itself opens JSON with comments on startup.
 */
import { posix } from 'node:path';
import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileSystemError,
  type FileSystemProvider,
  Uri,
  workspace,
} from 'vscode';

/** Used by `jsonValidation` and `activationEvents` in package.json. */
const SCHEMA_SCHEME = 'gan-schema';

export function registerSchemaFiles(extensionUri: Uri): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  // Only the base name is used, so nothing outside the folder can be requested.
  const packaged = ({ path }: Uri): Uri => Uri.joinPath(extensionUri, 'schemas', posix.basename(path));
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  const files: FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new Disposable(() => undefined),
    stat: (uri) => workspace.fs.stat(packaged(uri)),
    readFile: (uri) => workspace.fs.readFile(packaged(uri)),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  return Disposable.from(
    changed,
    workspace.registerFileSystemProvider(SCHEMA_SCHEME, files, { isReadonly: true, isCaseSensitive: true }),
  );
}
