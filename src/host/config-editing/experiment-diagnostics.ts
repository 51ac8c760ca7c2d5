/** Keeps the problems of every open experiment in the editor, a moment after the person has stopped typing. */
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
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { describeError } from '../../shared/errors';
import type { Host } from '../host';
import type { ExperimentService, TextProblem } from './experiment-service';
import { EXPERIMENT_DOCUMENTS } from './open-experiment-service';

const TYPING_PAUSE_MS = 300;

interface Inspected {
  /** Of the document that was looked at. */
  readonly version: number;
  readonly problems: readonly TextProblem[];
}

function rangeOf(document: TextDocument, { startOffset, endOffset }: TextProblem): Range {
  return new Range(document.positionAt(startOffset), document.positionAt(endOffset));
}

export class ExperimentDiagnostics implements CodeActionProvider, Disposable {
  readonly #log: Host['log'];
  readonly #service: () => ExperimentService;
  readonly #collection = languages.createDiagnosticCollection('gan');
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #inspected = new Map<string, Inspected>();
  readonly #subscriptions: Disposable[];

  constructor({ log }: Pick<Host, 'log'>, service: () => ExperimentService) {
    this.#log = log;
    this.#service = service;
    this.#subscriptions = [
      this.#collection,
      workspace.onDidOpenTextDocument((document) => this.#inspectAfter(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.#inspectAfter(document, TYPING_PAUSE_MS)),
      // A data file may have come or gone.
      workspace.onDidSaveTextDocument((document) => this.#inspectAfter(document, 0)),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined) this.#inspectAfter(editor.document, 0);
      }),
      workspace.onDidGrantWorkspaceTrust(() => this.#inspectAll()),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      languages.registerCodeActionsProvider(EXPERIMENT_DOCUMENTS, this, {
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
      const action = new CodeAction(l10n.t('Change to {0}', replacement), CodeActionKind.QuickFix);
      action.edit = new WorkspaceEdit();
      action.edit.replace(document.uri, range, replacement);
      action.isPreferred = true;
      action.diagnostics = [...(this.#collection.get(document.uri) ?? [])].filter((diagnostic) =>
        diagnostic.range.isEqual(range),
      );
      return [action];
    });
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #inspectAll(): void {
    for (const document of workspace.textDocuments) this.#inspectAfter(document, 0);
  }

  #inspectAfter(document: TextDocument, pauseMs: number): void {
    if (languages.match(EXPERIMENT_DOCUMENTS, document) === 0) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => void this.#inspect(document), pauseMs),
    );
  }

  async #inspect(document: TextDocument): Promise<void> {
    const { uri, version } = document;
    try {
      const problems = await this.#service().findProblems(
        document.getText(),
        uri.fsPath,
        // A path of a stranger's experiment may lead to another machine, which would see who looks.
        workspace.isTrusted,
      );
      if (document.isClosed || document.version !== version) return;
      this.#inspected.set(uri.toString(), { version, problems });
      this.#collection.set(
        uri,
        problems.map((problem) => {
          const diagnostic = new Diagnostic(
            rangeOf(document, problem),
            problem.message,
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

  #forget({ uri }: TextDocument): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#inspected.delete(key);
    this.#collection.delete(uri);
  }
}
