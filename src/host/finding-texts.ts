/** Localised texts of a finding; records of older versions have English texts only. */
import { l10n } from 'vscode';
import type { FindingChange, FindingRecord } from '../shared/run-format';
import { translated } from './localized-texts';

export function findingTitle({ rule, title }: FindingRecord): string {
  return title === undefined ? rule : l10n.t(title);
}

export function findingMessage({ message, said }: FindingRecord): string {
  return translated(said, message);
}

export function changeTitle({ title, said }: FindingChange): string {
  return translated(said, title);
}
