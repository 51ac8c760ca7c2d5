/** What a run reports about the files of its data that could not be used, so that none goes missing unnoticed. */
import type { Dataset, SourceItem } from '../data/source';
import { formatText, type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import type { SkippedData } from '../shared/run-format';

/** Maximum number of files that are listed; the count covers all. */
const LISTED = 10;

/** Returns undefined if nothing was skipped. */
export async function skippedFilesOf({ skipped = 0, origins }: Dataset): Promise<SkippedData | undefined> {
  if (skipped === 0 || origins === undefined) return undefined;
  return { count: skipped, files: await firstSkipped(origins(), Math.min(skipped, LISTED)) };
}

async function firstSkipped(origins: AsyncIterable<SourceItem>, most: number): Promise<SkippedData['files']> {
  const files: SkippedData['files'][number][] = [];
  for await (const origin of origins) {
    if (!('reason' in origin)) continue;
    files.push({ name: origin.name, reason: formatText(origin.reason) });
    if (files.length === most) break;
  }
  return files;
}

/** The message for the log and for the user: a line for each listed file. */
export function skippedNotice({ count, files }: SkippedData): LocalizableText {
  const rest = count - files.length;
  return verbatim(
    localizable('Files that cannot be used and were skipped: {0}.', count),
    ...files.map(({ name, reason }) => `\n  ${name}: ${reason}`),
    ...(rest === 0 ? [] : ['\n  ', localizable('and {0} more', rest)]),
  );
}
