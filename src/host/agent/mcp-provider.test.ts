import { beforeEach, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import { contributes } from '../../../package.json';

interface Provider {
  onDidChangeMcpServerDefinitions(listener: () => void): void;
  provideMcpServerDefinitions(): readonly { readonly server: readonly unknown[] }[];
}

const editor = vi.hoisted(() => ({
  isTrusted: true,
  folders: [] as {
    readonly name: string;
    readonly uri: { readonly scheme: string; readonly fsPath: string };
  }[],
  trusted: undefined as (() => void) | undefined,
  registered: [] as { readonly id: string; readonly provider: Provider }[],
  lm: {} as Record<string, unknown>,
}));

vi.mock('vscode', () => ({
  lm: editor.lm,
  McpStdioServerDefinition: class {
    readonly server: readonly unknown[];
    constructor(...server: readonly unknown[]) {
      this.server = server;
    }
  },
  EventEmitter: class {
    readonly #listeners: (() => void)[] = [];
    readonly event = (listener: () => void): void => void this.#listeners.push(listener);
    fire(): void {
      for (const listener of this.#listeners) listener();
    }
  },
  Uri: {
    file: (fsPath: string) => ({ fsPath }),
    joinPath: (base: { readonly fsPath: string }, ...parts: readonly string[]) => ({
      fsPath: [base.fsPath, ...parts].join('/'),
    }),
  },
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
    get workspaceFolders() {
      return editor.folders;
    },
    onDidGrantWorkspaceTrust(listener: () => void) {
      editor.trusted = listener;
    },
    onDidChangeWorkspaceFolders: () => undefined,
  },
}));

const { registerMcpProvider } = await import('./mcp-provider');

const folder = (name: string, scheme = 'file') => ({ name, uri: { scheme, fsPath: `/w/${name}` } });

beforeEach(() => {
  Object.assign(editor, { isTrusted: true, folders: [folder('a')], registered: [] });
  editor.lm.registerMcpServerDefinitionProvider = (id: string, provider: Provider) => {
    editor.registered.push({ id, provider });
    return { dispose: () => undefined };
  };
});

const server = (label: string, name: string) => ({
  server: [
    label,
    process.execPath,
    ['/extension/dist/gan.cjs', 'mcp', `/w/${name}`],
    { ELECTRON_RUN_AS_NODE: '1' },
  ],
});

it('offers the server of each local folder, under the id that package.json declares', () => {
  expect(registerMcpProvider(Uri.file('/extension')).length).toBeGreaterThan(0);
  const [{ id, provider } = {}] = editor.registered;
  expect([{ id, label: 'GAN Workbench' }]).toEqual(contributes.mcpServerDefinitionProviders);
  expect(provider?.provideMcpServerDefinitions()).toEqual([server('GAN Workbench', 'a')]);
  editor.folders = [folder('a'), folder('b'), folder('c', 'vscode-vfs')];
  expect(provider?.provideMcpServerDefinitions()).toEqual([
    server('GAN Workbench (a)', 'a'),
    server('GAN Workbench (b)', 'b'),
  ]);
});

it('offers none in a workspace that is not trusted, until it is', () => {
  editor.isTrusted = false;
  registerMcpProvider(Uri.file('/extension'));
  const provider = editor.registered[0]?.provider;
  expect(provider?.provideMcpServerDefinitions()).toEqual([]);
  const changed = vi.fn();
  provider?.onDidChangeMcpServerDefinitions(changed);
  editor.isTrusted = true;
  editor.trusted?.();
  expect(changed).toHaveBeenCalledOnce();
  expect(provider?.provideMcpServerDefinitions()).toHaveLength(1);
});

it('does nothing in an editor without MCP servers', () => {
  delete editor.lm.registerMcpServerDefinitionProvider;
  expect(registerMcpProvider(Uri.file('/extension'))).toEqual([]);
});
