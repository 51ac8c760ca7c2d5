/** Localises the messages of a dataset process. */
import type { FromDataset, SkippedFiles } from '../../shared/dataset-protocol';
import type { LocalizableText } from '../../shared/localizable-text';
import { translated } from '../localized-texts';

export function shownNews(news: FromDataset): FromDataset<string> {
  if (news.type === 'opened') return { ...news, summary: { ...news.summary, ...shownFiles(news.summary) } };
  if (news.type !== 'failed') return news;
  const { message, remedy, unusable, ...failure } = news;
  return {
    ...failure,
    message: translated(message),
    remedy: translated(remedy),
    ...(unusable === undefined ? {} : { unusable: shownFiles(unusable) }),
  };
}

function shownFiles({ skippedCount, skipped }: SkippedFiles<LocalizableText>): SkippedFiles {
  return { skippedCount, skipped: skipped.map(({ name, reason }) => ({ name, reason: translated(reason) })) };
}
