/**
 * Offers `gan mcp` of this extension to the editor's list of MCP servers: one for each folder of a trusted workspace.
 * Editors before June 2025 have no such list, and nothing happens there.
 */
import * as vscode from 'vscode';
import { MCP_PROVIDER } from '../../shared/contributions';

/** Of newer editors; the type definitions are of the oldest one that is supported. */
const API = { register: 'registerMcpServerDefinitionProvider', definition: 'McpStdioServerDefinition' };

export function registerMcpProvider(extensionUri: vscode.Uri): vscode.Disposable[] {
  const register: unknown = Reflect.get(vscode.lm, API.register);
  const definition: unknown = Reflect.get(vscode, API.definition);
  if (typeof register !== 'function' || typeof definition !== 'function') return [];
  const changed = new vscode.EventEmitter<void>();
  const provider = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () =>
      serversOf(extensionUri).map((server) => Reflect.construct(definition, server)),
  };
  const registration: unknown = Reflect.apply(register, vscode.lm, [MCP_PROVIDER, provider]);
  return [
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    ...(isDisposable(registration) ? [registration] : []),
  ];
}

/** Label, command, arguments and environment of each server. */
function serversOf(extensionUri: vscode.Uri): readonly (readonly unknown[])[] {
  if (!vscode.workspace.isTrusted) return [];
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'gan.cjs').fsPath;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return folders.map(({ name, uri }) => [
    folders.length === 1 ? 'GAN Workbench' : `GAN Workbench (${name})`,
    process.execPath,
    [script, 'mcp', uri.fsPath],
    // The executable of the extension host may be the editor itself.
    { ELECTRON_RUN_AS_NODE: '1' },
  ]);
}

function isDisposable(value: unknown): value is vscode.Disposable {
  return typeof value === 'object' && value !== null && 'dispose' in value;
}
