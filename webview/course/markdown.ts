/**
 * Markdown of a lesson as elements: formulas by KaTeX, and hidden parts. Raw HTML in it stays text, except the two tags
 * of a hidden part, which GitHub knows too.
 */
import { tex } from '@mdit/plugin-tex';
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import { element } from '../shared/dom';

const FORMULA = 'formula';
const HIDDEN = /^<details>\s*<summary>(.+?)<\/summary>\n([\s\S]*?)\n<\/details>$/gm;

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.use(tex, {
  // Filled in later: KaTeX sets styles of elements, which the page's policy allows, but not in markup.
  render: (formula: string, isBlock: boolean) =>
    `<span class="${FORMULA}${isBlock ? ' block' : ''}">${markdown.utils.escapeHtml(formula)}</span>`,
});

function rendered(text: string): Node[] {
  const holder = element('div');
  holder.innerHTML = markdown.render(text);
  for (const formula of holder.querySelectorAll<HTMLElement>(`.${FORMULA}`))
    katex.render(formula.textContent ?? '', formula, {
      displayMode: formula.classList.contains('block'),
      throwOnError: false,
    });
  return [...holder.childNodes];
}

/** The elements of a text, in order. */
export function elementsOf(text: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const { 0: whole, 1: summary = '', 2: body = '', index } of text.matchAll(HIDDEN)) {
    nodes.push(...rendered(text.slice(end, index)));
    nodes.push(element('details', {}, element('summary', {}, summary), ...rendered(body)));
    end = index + whole.length;
  }
  return [...nodes, ...rendered(text.slice(end))];
}
