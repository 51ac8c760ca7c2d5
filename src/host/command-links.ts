/** Command links in a tooltip; only the commands that it shows are trusted. */
import type { MarkdownString } from 'vscode';

export interface CommandLink {
  readonly title: string;
  readonly command: string;
  readonly argument: unknown;
}

/** Returns the links on one line. */
export function linksMarkdown(links: readonly CommandLink[]): string {
  return links
    .map(({ title, command, argument }) => {
      const given = encodeURIComponent(JSON.stringify([argument]));
      return `[${title}](command:${command}?${given})`;
    })
    .join(' · ');
}

export function trustOnly(tooltip: MarkdownString, links: readonly CommandLink[]): void {
  tooltip.isTrusted = { enabledCommands: [...new Set(links.map(({ command }) => command))] };
}
