/** Captions of scores, translated for the page. The whole protocol is behind the chart's (i). */
import type { ScoreRecord } from '../../src/shared/run-format';
import { networkCaption, protocolCaption, type Scored } from '../../src/shared/score-captions';
import { formatCount } from './format';
import { t, translated } from './texts';

/** Undefined if the protocol names no known network. */
export function networkTitle(
  record: Pick<ScoreRecord, 'protocol' | 'details'>,
  dataSource: string | undefined,
): string | undefined {
  const caption = networkCaption(record, dataSource);
  return caption === undefined ? undefined : translated(caption.text, caption.values);
}

/** @param dataSource as named in the run's config, if known */
export function scoreCaption(record: Scored, dataSource: string | undefined): string {
  const { text, values } = protocolCaption(record, dataSource, formatCount);
  return translated(text, values);
}

/** Numbers the captions of incomparable scores that would read the same. */
export function distinctCaptions<Kind extends { readonly caption: string }>(
  kinds: readonly Kind[],
  isSameChart: (a: Kind, b: Kind) => boolean,
): Kind[] {
  return kinds.map((kind) => {
    const rivals = kinds.filter((other) => isSameChart(kind, other) && other.caption === kind.caption);
    if (rivals.length === 1) return kind;
    return { ...kind, caption: t('{0}, protocol {1}', kind.caption, rivals.indexOf(kind) + 1) };
  });
}
