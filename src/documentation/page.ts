/**
 * Turns the parts of one kind into a page of documentation. What the page says of a part is what the part's own file
 * says: its description, paper and formula, and its options as the schema has them.
 */
import * as z from 'zod';
import { allowedText } from '../config/allowed';
import { linkedPapers } from '../config/paper-links';
import { formulaText } from '../config/schema-markdown';
import { explanationsIn } from '../config/schema-nodes';
import type { Explained } from '../shared/choice';
import { filled } from '../shared/said';

export interface DocumentedPart {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly paper?: string;
  /** One formula, or one for each player. */
  readonly formula?: string | { readonly discriminator: string; readonly generator: string };
  readonly options?: z.ZodObject;
}

export interface PartKind {
  /** Name of the page's file, without its ending. */
  readonly page: string;
  readonly title: string;
  /** What they are for, and how they go together. */
  readonly introduction: string;
  /** How an experiment names one, as JSON without the outer braces. */
  usage(name: string): string;
  readonly parts: readonly DocumentedPart[];
}

/** Where a page comes from, for whoever would edit it. */
const GENERATED =
  '<!-- Generated from the code by `npm run docs`: change the description in the part’s own file. -->';

/** The page as Markdown. */
export function pageText(kind: PartKind): string {
  const sections = kind.parts.map((part) => partText(kind, part));
  return `${[`# ${kind.title}`, GENERATED, kind.introduction, overview(kind.parts), ...sections].join('\n\n')}\n`;
}

/** The list of all pages as Markdown. */
export function indexText(kinds: readonly PartKind[]): string {
  const entries = kinds.map(
    ({ page, title, parts }) =>
      `- [${title}](${page}.md): ${[...new Set(parts.map(({ name }) => `\`${name}\``))].join(', ')}`,
  );
  const introduction =
    'An experiment puts its GAN together from parts that combine freely. Each kind has a page: what its parts are called in a `*.gan.json`, what they do, the paper and the formula, and their options. A combination that makes no sense is refused with the reason.';
  return `${['# Parts of an experiment', GENERATED, introduction, entries.join('\n')].join('\n\n')}\n`;
}

function overview(parts: readonly DocumentedPart[]): string {
  return table(
    ['name', 'what it is'],
    parts.map(({ name, title }) => [`[\`${name}\`](#${anchorOf(name, title)})`, title]),
  );
}

function partText(kind: PartKind, part: DocumentedPart): string {
  const blocks = [`## ${headingOf(part.name, part.title)}`, part.description];
  if (part.formula !== undefined) blocks.push(fenced('text', formulaText(part.formula)));
  if (part.paper !== undefined) blocks.push(`*${linkedPapers(part.paper)}*`);
  blocks.push(fenced('json', kind.usage(part.name)));
  const options = part.options === undefined ? [] : optionRows(part.options);
  if (options.length > 0) blocks.push(table(['option', 'allowed', 'default', 'meaning'], options));
  return blocks.join('\n\n');
}

function headingOf(name: string, title: string): string {
  return `${title}: \`${name}\``;
}

/** As GitHub and VS Code make them of a heading. */
function anchorOf(name: string, title: string): string {
  return headingOf(name, title)
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s-]/gu, '')
    .replace(/\s/g, '-');
}

function optionRows(options: z.ZodObject): string[][] {
  const { properties = {}, required = [] } = z.toJSONSchema(options, { io: 'input' });
  return Object.entries(options.shape).map(([key, schema]) => {
    const property = properties[key];
    const known = typeof property === 'object' ? property : {};
    const fallback = known.default === undefined ? '' : `\`${JSON.stringify(known.default)}\``;
    return [
      `\`${key}\``,
      filled(allowedText([schema])),
      required.includes(key) ? 'required' : fallback,
      [known.description ?? '', ...explanationsIn(known).map(inOneLine)].join(' '),
    ];
  });
}

function inOneLine({ value, description }: Explained): string {
  return `\`${value}\`: ${description}`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
