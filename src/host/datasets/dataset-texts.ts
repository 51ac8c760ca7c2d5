/** What kinds of data are called, in the language of VS Code. */
import { l10n } from 'vscode';

/** @param title of a data source or of a package that is fetched, as it calls itself in English */
export function datasetTitle(title: string): string {
  return l10n.t(title);
}
