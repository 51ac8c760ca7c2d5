/** The tooltip of a run with a thumbnail of its newest sample above the text. */
import { l10n, MarkdownString } from 'vscode';
import type { RunThumbnail } from '../../shared/runs-table-protocol';

export function pictureTooltip(text: string, { step, png }: RunThumbnail): MarkdownString {
  const tooltip = new MarkdownString();
  const address = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  tooltip.appendMarkdown(`![${l10n.t('Samples at step {0}', step)}](${address})\n\n`);
  for (const line of text.split('\n')) {
    tooltip.appendText(line);
    tooltip.appendMarkdown('  \n');
  }
  return tooltip;
}
