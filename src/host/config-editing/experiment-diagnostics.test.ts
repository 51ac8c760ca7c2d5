import { beforeEach, describe, expect, it, vi } from 'vitest';
import { localizable, verbatim } from '../../shared/localizable-text';
import type { TextProblem } from './experiment-service';

/** The parts of the editor that diagnostics use, with one document controlled by the test. */
const editor = vi.hoisted(() => {
  class Range {
    constructor(
      readonly start: number,
      readonly end: number,
    ) {}
    intersection(other: Range): Range | undefined {
      return other.start <= this.end && this.start <= other.end ? this : undefined;
    }
    isEqual(other: Range): boolean {
      return this.start === other.start && this.end === other.end;
    }
  }
  const uri = { fsPath: '/mine.gan.json', toString: () => 'file:///mine.gan.json' };
  const document = {
    uri,
    text: '',
    version: 1,
    isClosed: false,
    /** Reads the document from disk, as when it is opened without an editor. */
    open: async () => Object.assign(document, { isClosed: false }),
    getText: () => document.text,
    positionAt: (offset: number) => offset,
  };
  const shown = new Map<object, readonly { message: string }[]>();
  const listeners = new Map<string, (event: unknown) => void>();
  const on = (name: string) => (listener: (event: unknown) => void) => {
    listeners.set(name, listener);
    return { dispose: () => listeners.delete(name) };
  };
  /** The folders that are watched for new files, with their listeners. */
  const watched = new Map<string, () => void>();
  return { Range, document, shown, listeners, on, watched, trust: { isGranted: true } };
});

vi.mock('vscode', () => {
  const { Range, document, shown, on } = editor;
  return {
    Range,
    Uri: { file: (fsPath: string) => ({ fsPath }) },
    Disposable: {
      from: (...parts: { dispose(): void }[]) => ({ dispose: () => parts.map((part) => part.dispose()) }),
    },
    RelativePattern: class {
      constructor(readonly base: { readonly fsPath: string }) {}
    },
    Diagnostic: class {
      constructor(
        readonly range: object,
        readonly message: string,
      ) {}
    },
    DiagnosticSeverity: { Error: 0 },
    CodeAction: class {
      constructor(readonly title: string) {}
    },
    CodeActionKind: { QuickFix: 'quickfix' },
    WorkspaceEdit: class {
      readonly edits: unknown[] = [];
      replace(...edit: unknown[]): void {
        this.edits.push(edit);
      }
    },
    l10n: { t: (text: string, value?: string) => (value === undefined ? text : text.replace('{0}', value)) },
    languages: {
      match: () => 1,
      createDiagnosticCollection: () => ({
        set: (uri: object, diagnostics: readonly { message: string }[]) => shown.set(uri, diagnostics),
        get: (uri: object) => shown.get(uri),
        delete: (uri: object) => shown.delete(uri),
        dispose: () => shown.clear(),
      }),
      registerCodeActionsProvider: () => ({ dispose: () => undefined }),
    },
    window: {
      createOutputChannel: () => ({
        error: (problem: string) => expect.unreachable(problem),
        debug: () => undefined,
      }),
      onDidChangeActiveTextEditor: on('activate'),
      onDidChangeWindowState: on('window'),
    },
    workspace: {
      get isTrusted() {
        return editor.trust.isGranted;
      },
      onDidGrantWorkspaceTrust: on('trust'),
      textDocuments: [document],
      openTextDocument: () => document.open(),
      createFileSystemWatcher: ({ base }: { base: { fsPath: string } }) => ({
        onDidCreate(listener: () => void) {
          editor.watched.set(base.fsPath, listener);
          return { dispose: () => editor.watched.delete(base.fsPath) };
        },
        dispose: () => undefined,
      }),
      onDidOpenTextDocument: on('open'),
      onDidChangeTextDocument: on('change'),
      onDidSaveTextDocument: on('save'),
      onDidCloseTextDocument: on('close'),
    },
  };
});

const { Range, window, workspace } = await import('vscode');
const { ExperimentDiagnostics } = await import('./experiment-diagnostics');

/** Marks the whole of every text as wrong, once the test lets it answer. */
function inspected(answerAfter: Promise<void> = Promise.resolve(), missing?: { path: string | undefined }) {
  const texts: string[] = [];
  const lookedForFiles: boolean[] = [];
  const findProblems = async (
    text: string,
    _: string,
    looksForFiles: boolean,
  ): Promise<readonly TextProblem[]> => {
    texts.push(text);
    lookedForFiles.push(looksForFiles);
    await answerAfter;
    if (missing !== undefined)
      return missing.path === undefined
        ? []
        : [
            {
              startOffset: 1,
              endOffset: 6,
              message: localizable('no such folder'),
              missingPath: missing.path,
            },
          ];
    return [{ startOffset: 1, endOffset: 6, message: verbatim('wrong: ', text), replacement: '"good"' }];
  };
  const log = window.createOutputChannel('GAN', { log: true });
  const diagnostics = new ExperimentDiagnostics({ log }, () => ({
    findProblems,
    resolvedText: () => '',
    describeData: () => ({ key: '', title: '', settings: [] }),
  }));
  return { diagnostics, texts, lookedForFiles };
}

function messages(): readonly string[] | undefined {
  return editor.shown.get(editor.document.uri)?.map(({ message }) => message);
}

function type(text: string): void {
  editor.document.text = text;
  editor.document.version++;
  editor.listeners.get('change')?.({ document: editor.document });
}

const typingPause = () => vi.advanceTimersByTimeAsync(1000);

beforeEach(() => {
  vi.useFakeTimers();
  editor.shown.clear();
  Object.assign(editor.document, { text: 'first', version: 1, isClosed: false });
  return () => vi.useRealTimers();
});

describe('the problems of an open experiment', () => {
  it('are shown at once for one that is open already, and go when it is closed', async () => {
    const { diagnostics } = inspected();
    await vi.advanceTimersByTimeAsync(0);
    expect(messages()).toEqual(['wrong: first']);
    editor.document.isClosed = true;
    editor.listeners.get('close')?.(editor.document);
    expect(messages()).toBeUndefined();
    diagnostics.dispose();
    expect(editor.listeners.size).toBe(0);
  });

  it('are looked for once when the typing pauses', async () => {
    const { texts, diagnostics } = inspected();
    await vi.advanceTimersByTimeAsync(0);
    type('a');
    type('ab');
    type('abc');
    expect(texts).toEqual(['first']);
    await typingPause();
    expect(texts).toEqual(['first', 'abc']);
    expect(messages()).toEqual(['wrong: abc']);
    diagnostics.dispose();
  });

  it('are not shown for a text that is no longer there', async () => {
    const { promise, resolve } = withResolver();
    const { diagnostics } = inspected(promise);
    await vi.advanceTimersByTimeAsync(0);
    type('newer');
    resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(messages()).toBeUndefined();
    await typingPause();
    expect(messages()).toEqual(['wrong: newer']);
    diagnostics.dispose();
  });

  it('say nothing of what is on the disk before the person trusts the workspace', async () => {
    editor.trust.isGranted = false;
    const { diagnostics, lookedForFiles } = inspected();
    await vi.advanceTimersByTimeAsync(0);
    expect(lookedForFiles).toEqual([false]);
    editor.trust.isGranted = true;
    editor.listeners.get('trust')?.(undefined);
    await vi.advanceTimersByTimeAsync(0);
    expect(lookedForFiles).toEqual([false, true]);
    diagnostics.dispose();
  });

  it('are put right where they stand, and only in the text that was looked at', async () => {
    const { diagnostics } = inspected();
    await vi.advanceTimersByTimeAsync(0);
    const [document] = workspace.textDocuments;
    if (document === undefined) throw new Error('No document is open.');
    const at = (offset: number) => new Range(document.positionAt(offset), document.positionAt(offset));
    const [fix] = diagnostics.provideCodeActions(document, at(3));
    expect(fix?.title).toBe("Change to 'good'");
    expect(fix?.edit).toMatchObject({ edits: [[document.uri, { start: 1, end: 6 }, '"good"']] });
    expect(fix?.diagnostics).toHaveLength(1);
    expect(diagnostics.provideCodeActions(document, at(9))).toEqual([]);
    type('changed');
    expect(diagnostics.provideCodeActions(document, at(3))).toEqual([]);
    diagnostics.dispose();
  });
});

describe('the problems of an experiment that did not start', () => {
  const closeDocument = (): void => {
    editor.document.isClosed = true;
    editor.listeners.get('close')?.(editor.document);
  };

  it('are listed when no editor shows it, until the folder that is missing appears', async () => {
    const missing: { path: string | undefined } = { path: '/pictures/cats' };
    const { diagnostics } = inspected(undefined, missing);
    const [document] = workspace.textDocuments;
    if (document === undefined) throw new Error('No document is open.');
    closeDocument();
    await diagnostics.keep(document.uri);
    closeDocument();
    expect(messages()).toEqual(['no such folder']);
    // Only the root of its path exists.
    expect([...editor.watched.keys()]).toEqual(['/']);
    missing.path = undefined;
    editor.watched.get('/')?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(messages()).toEqual([]);
    expect(editor.watched.size).toBe(0);
    diagnostics.dispose();
  });

  it('go with the file', async () => {
    const { diagnostics } = inspected(undefined, { path: '/pictures' });
    const [document] = workspace.textDocuments;
    if (document === undefined) throw new Error('No document is open.');
    await vi.advanceTimersByTimeAsync(0);
    await diagnostics.keep(document.uri);
    expect(messages()).toEqual(['no such folder']);
    const opening = vi.spyOn(editor.document, 'open').mockRejectedValueOnce(new Error('no such file'));
    editor.listeners.get('window')?.({ focused: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(messages()).toBeUndefined();
    opening.mockRestore();
    diagnostics.dispose();
  });
});

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
