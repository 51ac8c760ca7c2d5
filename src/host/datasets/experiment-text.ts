/** The text of the experiment that an import creates: commented, and ready to start. */
import type { Length, Proposal } from '../../session/propose-experiment';
import type { ImportAnswers } from './import-questions';

/** Comments in the user's language, by the key that each precedes. */
export type Comments = Readonly<Record<string, string | undefined>>;

/** Formats JSON on one line, with spaces as in handwritten JSON. */
function inOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, own]) => own !== undefined)
    .map(([key, own]) => `${JSON.stringify(key)}: ${inOneLine(own)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Text quoted in a comment, such as a folder name, must not end its line. */
function asComment(text: string): string {
  return `  // ${text.replace(/[\r\n\u2028\u2029]+/g, ' ')}`;
}

function lines(entries: readonly (readonly [key: string, value: unknown])[], comments: Comments): string[] {
  return entries.flatMap(([key, value], i) => {
    const comment = comments[key];
    const line = `  ${JSON.stringify(key)}: ${inOneLine(value)},`;
    return comment === undefined ? [line] : [...(i === 0 ? [] : ['']), asComment(comment), line];
  });
}

/** @param path of the image folder, as the experiment names it */
export function experimentText(
  path: string,
  { labels, imageSize, fit }: ImportAnswers,
  { batchSize, settings, sampleCount, isScored }: Proposal,
  { steps, sampleEvery, checkpointEvery }: Length,
  comments: Comments,
): string {
  const entries: (readonly [string, unknown])[] = [
    ['data', { source: 'folder', folder: path, labels, imageSize, fit, batchSize }],
    ...Object.entries(settings),
    ['length', { steps }],
    ['logging', { sampleEvery, sampleCount, checkpointEvery }],
    ...(isScored ? [['evaluation', { every: Math.round(steps / 5), metrics: ['fid'] }] as const] : []),
  ];
  return ['{', ...lines(entries, comments), '}', ''].join('\n');
}
