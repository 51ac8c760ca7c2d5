/** Localised texts of the export formats. */
import { l10n } from 'vscode';
import type { ExportFormat } from '../shared/export-formats';

export function formatTitle({ title }: ExportFormat): string {
  return l10n.t(title);
}

export function formatDescription({ description }: ExportFormat): string {
  return l10n.t(description);
}

/** As the dialog for saving shows it; undefined for folders. */
export function fileTypeOf({ output }: ExportFormat): string | undefined {
  return output === 'folder' ? undefined : l10n.t(output.fileType);
}
