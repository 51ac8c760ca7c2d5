/** What workers inherit: the library of the setting, and the folders of a workspace that is trusted. */
import { delimiter } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LIBRARY_VARIABLE, WORKSPACE_VARIABLE } from '../shared/tensorflow-search';
import { keepTensorFlowSearch } from './tensorflow-search';

const editor = vi.hoisted(() => ({
  isTrusted: false,
  library: '',
  changed: [] as ((change: { affectsConfiguration: () => boolean }) => void)[],
}));

vi.mock('vscode', () => ({
  Disposable: { from: () => ({ dispose: () => undefined }) },
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
    workspaceFolders: [{ uri: { fsPath: '/work/a' } }, { uri: { fsPath: '/work/b' } }],
    getConfiguration: () => ({ get: () => editor.library }),
    onDidGrantWorkspaceTrust: () => undefined,
    onDidChangeWorkspaceFolders: () => undefined,
    onDidChangeConfiguration: (listener: (change: { affectsConfiguration: () => boolean }) => void) =>
      editor.changed.push(listener),
  },
}));

beforeEach(() => {
  vi.stubEnv(LIBRARY_VARIABLE, undefined);
  vi.stubEnv(WORKSPACE_VARIABLE, undefined);
});
afterEach(() => vi.unstubAllEnvs());

it('keeps workers from looking into a workspace that is not trusted', () => {
  editor.isTrusted = false;
  keepTensorFlowSearch();
  expect(process.env[WORKSPACE_VARIABLE]).toBe('');
  editor.isTrusted = true;
  keepTensorFlowSearch();
  expect(process.env[WORKSPACE_VARIABLE]).toBe(['/work/a', '/work/b'].join(delimiter));
});

it('passes the library of the setting on, and otherwise the inherited one', () => {
  const change = (library: string): string | undefined => {
    editor.library = library;
    editor.changed.at(-1)?.({ affectsConfiguration: () => true });
    return process.env[LIBRARY_VARIABLE];
  };
  keepTensorFlowSearch();
  expect([change('/opt/tf'), change('')]).toEqual(['/opt/tf', undefined]);
  process.env[LIBRARY_VARIABLE] = '/inherited';
  keepTensorFlowSearch();
  expect([change('/opt/tf'), change('')]).toEqual(['/opt/tf', '/inherited']);
});
