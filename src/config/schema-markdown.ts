/** Markdown for hovers and completions of a key and its values. */
import type { Explained } from '../shared/choice';
import { padEndTo, textWidth } from '../shared/text-width';
import type { Translate } from '../shared/translations';
import { linkedPapers } from './paper-links';
import { explanationsIn, explanationsWithin, isSchema, type JsonSchema } from './schema-nodes';

/** Describes a key: its purpose, type, range and default, and the meaning of each of its values. */
export function hoverText(schema: JsonSchema, alternatives: readonly JsonSchema[], t: Translate): string {
  const { default: fallback } = schema;
  const description = schema.description ?? alternatives[0]?.description;
  const explanations = alternatives.flatMap(explanationsWithin);
  const types = [...new Set(alternatives.flatMap((one) => typeTexts(one, t)))];
  const ranges = alternatives.map(rangeText).filter((range) => range !== '');
  const facts = [
    ...(types.length === 0 ? [] : [`${t('Type')}: ${types.join(', ')}`]),
    ...(ranges.length === 0 ? [] : [`${t('Range')}: ${ranges.join('; ')}`]),
    ...(fallback === undefined || isEmpty(fallback) ? [] : [`${t('Default')}: ${code(fallback)}`]),
    ...(explanations.length === 0
      ? []
      : [`${t('Values')}:${explanations.map((one) => inOneLine(one, t)).join('')}`]),
  ];
  return [
    ...(description === undefined ? [] : [t(description)]),
    ...(facts.length === 0 ? [] : [facts.map((fact) => `- ${fact}`).join('\n')]),
  ].join('\n\n');
}

/** Describes a value in full: its name in the literature, its effect, its formula and its paper. */
export function explainedAtLength({ title, description, paper, formula }: Explained, t: Translate): string {
  return [
    `${title === undefined ? '' : `**${t(title)}**\n\n`}${t(description)}`,
    ...(formula === undefined ? [] : [`\`\`\`text\n${formulaText(formula, t)}\n\`\`\``]),
    ...(paper === undefined ? [] : [linkedPapers(paper)]),
  ].join('\n\n');
}

/** One formula, or that of each network below the other. */
export function formulaText(formula: NonNullable<Explained['formula']>, t: Translate): string {
  if (typeof formula === 'string') return formula;
  const labels = [t('discriminator: '), t('generator: ')] as const;
  const width = Math.max(...labels.map(textWidth));
  const [discriminator, generator] = labels.map((label) => padEndTo(label, width));
  return `${discriminator}${formula.discriminator}\n${generator}${formula.generator}`;
}

function inOneLine({ value, title, description }: Explained, t: Translate): string {
  return `\n  - ${code(value)}: ${t(title ?? description)}`;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}

function typeTexts(schema: JsonSchema, t: Translate): string[] {
  if (schema.const !== undefined && explanationsIn(schema).length === 0) return [code(schema.const)];
  if (schema.enum !== undefined && explanationsIn(schema).length === 0) return schema.enum.map(code);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const isOfIntegers = isSchema(schema.items) && schema.items.type === 'integer';
  return types.map((type) => t(type === 'array' && isOfIntegers ? 'array of integers' : type));
}

/** Bounds in mathematical notation; integers without an explicit bound have the safe integer range. */
function rangeText({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): string {
  const low = exclusiveMinimum === undefined ? bound('≥', minimum) : `> ${exclusiveMinimum}`;
  const high = exclusiveMaximum === undefined ? bound('≤', maximum) : `< ${exclusiveMaximum}`;
  if (low.startsWith('≥') && high.startsWith('≤')) return `${minimum} – ${maximum}`;
  return [low, high].filter((text) => text !== '').join(', ');
}

function bound(sign: string, value: number | undefined): string {
  const isLimit = value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER;
  return isLimit ? '' : `${sign} ${value}`;
}
