/** Names that people give end up in Markdown that the Hub renders: none of them may add links, HTML or lines to it. */

/** The text on one line, with every character escaped that Markdown or HTML could take as markup. */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#|~&!]/g, '\\$&');
}
