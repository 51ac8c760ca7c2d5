/**
 * Serves the schema of experiments from a scheme of its own. The editor reads it when an experiment is opened, and that is
 * what activates the extension in a workspace that had none: by the language of the file it would be activated in every
 * window, since VS Code itself opens JSON with comments at its start.
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

/** package.json names it in `jsonValidation` and `activationEvents`. */
const SCHEMA_SCHEME = 'gan-schema';

export function registerSchemaFiles(extensionUri: Uri): Disposable {
  const changed = new EventEmitter<FileChangeEvent[]>();
  // A name alone: nothing outside the folder can be asked for.
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
