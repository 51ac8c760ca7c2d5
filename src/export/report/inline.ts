/** The inline Markdown of questions as markup: code, emphasis and formulas; of links only the text. */
import { html, type Markup } from './markup';

const PIECE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\$([^$]+)\$|\[([^\]]+)\]\([^)]*\)/g;

export function inline(markdown: string): readonly (Markup | string)[] {
  const pieces: (Markup | string)[] = [];
  let end = 0;
  for (const match of markdown.matchAll(PIECE)) {
    const [whole, code, strong, emphasis, formula, link] = match;
    pieces.push(markdown.slice(end, match.index));
    if (code !== undefined) pieces.push(html`<code>${code}</code>`);
    else if (strong !== undefined) pieces.push(html`<strong>${strong}</strong>`);
    else if (emphasis !== undefined) pieces.push(html`<em>${emphasis}</em>`);
    else if (formula !== undefined) pieces.push(html`<i>${formula}</i>`);
    else if (link !== undefined) pieces.push(link);
    end = match.index + whole.length;
  }
  return [...pieces, markdown.slice(end)];
}
