/** Localised names of the kinds of data. */
import { l10n } from 'vscode';

/** @param title English title of a data source or of a package that can be fetched */
export function datasetTitle(title: string): string {
  return l10n.t(title);
}
