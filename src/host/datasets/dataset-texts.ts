/** Localised names of the kinds of data, and counts of their classes. */
import { l10n } from 'vscode';

/** @param title English title of a data source or of a package that can be fetched */
export function datasetTitle(title: string): string {
  return l10n.t(title);
}

export function classesText(classes: number): string {
  return classes === 1 ? l10n.t('1 class') : l10n.t('{0} classes', classes);
}
