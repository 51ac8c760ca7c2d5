/**
 * Lists the problems of every open experiment and sweep, debounced while the user types, and those of experiments
 * that could not be trained, open or not, until they are solved.
 */
import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  l10n,
  languages,
  Range,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { describeError } from '../../shared/errors';
import type { Host } from '../host';
import { translated } from '../localized-texts';
import type { ExperimentService, TextProblem } from './experiment-service';
import { CHECKED_DOCUMENTS } from './open-experiment-service';
import { PathWatch } from './path-watch';

const TYPING_PAUSE_MS = 300;

interface Inspected {
  /** Version of the document that was checked. */
  readonly version: number;
  readonly problems: readonly TextProblem[];
}

function rangeOf(document: TextDocument, { startOffset, endOffset }: TextProblem): Range {
  return new Range(document.positionAt(startOffset), document.positionAt(endOffset));
}

export class ExperimentDiagnostics implements CodeActionProvider, Disposable {
  readonly #log: Host['log'];
  readonly #service: () => Pick<ExperimentService, 'findProblems'>;
  readonly #collection = languages.createDiagnosticCollection('gan');
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #inspected = new Map<string, Inspected>();
  /** Files whose problems stay listed while no editor shows them. */
  readonly #kept = new Map<string, Uri>();
  readonly #missing = new PathWatch();
  readonly #subscriptions: Disposable[];

  constructor({ log }: Pick<Host, 'log'>, service: () => Pick<ExperimentService, 'findProblems'>) {
    this.#log = log;
    this.#service = service;
    this.#subscriptions = [
      this.#collection,
      this.#missing,
      workspace.onDidOpenTextDocument((document) => this.#inspectAfter(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.#inspectAfter(document, TYPING_PAUSE_MS)),
      // A data file may have appeared or disappeared.
      workspace.onDidSaveTextDocument((document) => this.#inspectAfter(document, 0)),
      window.onDidChangeWindowState(({ focused }) => {
        if (focused) for (const uri of this.#kept.values()) void this.#inspectFile(uri);
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined) this.#inspectAfter(editor.document, 0);
      }),
      workspace.onDidGrantWorkspaceTrust(() => this.#inspectAll()),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      languages.registerCodeActionsProvider(CHECKED_DOCUMENTS, this, {
        providedCodeActionKinds: [CodeActionKind.QuickFix],
      }),
    ];
    this.#inspectAll();
  }

  provideCodeActions(document: TextDocument, selection: Range): CodeAction[] {
    const inspected = this.#inspected.get(document.uri.toString());
    if (inspected === undefined || inspected.version !== document.version) return [];
    return inspected.problems.flatMap((problem) => {
      const { replacement } = problem;
      const range = rangeOf(document, problem);
      if (replacement === undefined || range.intersection(selection) === undefined) return [];
      const action = new CodeAction(
        l10n.t('Change to {0}', replacement.replaceAll('"', "'")),
        CodeActionKind.QuickFix,
      );
      action.edit = new WorkspaceEdit();
      action.edit.replace(document.uri, range, replacement);
      action.isPreferred = true;
      action.diagnostics = [...(this.#collection.get(document.uri) ?? [])].filter((diagnostic) =>
        diagnostic.range.isEqual(range),
      );
      return [action];
    });
  }

  /** Lists the problems of a file, whether or not an editor shows it, until there are none. */
  async keep(uri: Uri): Promise<void> {
    this.#kept.set(uri.toString(), uri);
    await this.#inspectFile(uri);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #inspectAll(): void {
    for (const document of workspace.textDocuments) this.#inspectAfter(document, 0);
  }

  #inspectAfter(document: TextDocument, pauseMs: number): void {
    if (languages.match(CHECKED_DOCUMENTS, document) === 0) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => void this.#inspect(document), pauseMs),
    );
  }

  async #inspectFile(uri: Uri): Promise<void> {
    try {
      await this.#inspect(await workspace.openTextDocument(uri));
    } catch (error) {
      // The file is gone, so its problems are too.
      this.#log.debug(`${uri.fsPath} was not checked: ${describeError(error)}`);
      this.#kept.delete(uri.toString());
      this.#collection.delete(uri);
    }
  }

  async #inspect(document: TextDocument): Promise<void> {
    const { uri, version } = document;
    try {
      const problems = await this.#service().findProblems(
        document.getText(),
        uri.fsPath,
        // A path in an untrusted experiment may point to another machine, which would see the request.
        workspace.isTrusted,
      );
      if (document.isClosed || document.version !== version) return;
      const key = uri.toString();
      this.#inspected.set(key, { version, problems });
      if (problems.length === 0) this.#kept.delete(key);
      this.#watchMissing(uri, problems);
      this.#collection.set(
        uri,
        problems.map((problem) => {
          const diagnostic = new Diagnostic(
            rangeOf(document, problem),
            translated(problem.message),
            DiagnosticSeverity.Error,
          );
          diagnostic.source = 'GAN';
          return diagnostic;
        }),
      );
    } catch (error) {
      this.#log.error(`${uri.fsPath} was not checked: ${describeError(error)}`);
    }
  }

  #watchMissing(uri: Uri, problems: readonly TextProblem[]): void {
    const paths = problems.flatMap(({ missingPath }) => missingPath ?? []);
    this.#missing.watch(uri.toString(), paths, () => void this.#inspectFile(uri));
  }

  #forget({ uri }: TextDocument): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#inspected.delete(key);
    if (this.#kept.has(key)) return;
    this.#missing.forget(key);
    this.#collection.delete(uri);
  }
}
