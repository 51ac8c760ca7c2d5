/**
 * The protocol of a score, in the few words that fit next to its title: `digit classifier, 1,000 samples`. The whole
 * protocol, including the hashes that decide whether two scores are comparable, is behind the chart's (i).
 */
import type { ScoreRecord } from '../../src/shared/run-format';
import { formatCount } from './format';
import { t } from './texts';

/** Sources with the digits as classes. */
const DIGIT_SOURCES: readonly unknown[] = ['digits', 'mnist'];

/** As formatted by `protocolText` in the core. */
const NETWORK = / by (\w+) [0-9a-f]{8}\b/;
const SAMPLES = /^(\d+) samples against /;

type Scored = Pick<ScoreRecord, 'name' | 'protocol' | 'details'>;

/** Empty if the protocol names no known network. */
export function networkTitle(
  { protocol, details = {} }: Pick<ScoreRecord, 'protocol' | 'details'>,
  dataSource: string | undefined,
): string[] {
  switch (NETWORK.exec(protocol)?.[1]) {
    case 'classifier':
      return [DIGIT_SOURCES.includes(dataSource) ? t('digit classifier') : t('dataset classifier')];
    case 'random':
      return [t('random features')];
    case 'coordinates':
      return [t('point coordinates')];
    case 'onnx':
      return typeof details.features === 'string' ? [details.features] : [];
    default:
      return [];
  }
}

/** @param dataSource as named in the run's config, if known */
export function scoreCaption(record: Scored, dataSource: string | undefined): string {
  const { name, protocol, details = {} } = record;
  const samples = details.samples ?? SAMPLES.exec(protocol)?.[1];
  if (samples !== undefined)
    return [...networkTitle(record, dataSource), t('{0} samples', formatCount(Number(samples)))].join(', ');
  if (name === 'sampleDiversity')
    return protocol.includes('points') ? t('relative to real points') : t('relative to real images');
  const judged = /^classifier judged on (\d+) /.exec(protocol)?.[1];
  if (judged !== undefined) return t('{0} held-out and generated examples', formatCount(Number(judged)));
  return protocol;
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
