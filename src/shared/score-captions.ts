/**
 * The protocol of a score, in the few words that fit next to its title: `digit classifier, 1,000 samples`. Protocols
 * themselves contain the hashes that decide whether two scores are comparable. Shared by the editor and its pages.
 */
import { type LocalizableText, localizable, verbatim } from './localizable-text';
import type { ScoreRecord } from './run-format';

/** Sources with the digits as classes. */
const DIGIT_SOURCES: readonly unknown[] = ['digits', 'mnist', 'stacked-digits'];

/** As formatted by `protocolText` in the core. */
const NETWORK = / by (\w+) [0-9a-f]{8}\b/;
const SAMPLES = /^(\d+) samples against /;

export type Scored = Pick<ScoreRecord, 'name' | 'protocol' | 'details'>;

/** Undefined if the protocol names no known network. */
export function networkCaption(
  { protocol, details = {} }: Pick<ScoreRecord, 'protocol' | 'details'>,
  dataSource: string | undefined,
): LocalizableText | undefined {
  switch (NETWORK.exec(protocol)?.[1]) {
    case 'classifier':
      return DIGIT_SOURCES.includes(dataSource)
        ? localizable('digit classifier')
        : localizable('dataset classifier');
    case 'random':
      return localizable('random features');
    case 'coordinates':
      return localizable('point coordinates');
    case 'onnx':
      return typeof details.features === 'string' ? verbatim(details.features) : undefined;
    default:
      return undefined;
  }
}

/** @param dataSource as named in the run's config, if known */
export function protocolCaption(
  record: Scored,
  dataSource: string | undefined,
  formatCount: (count: number) => string,
): LocalizableText {
  const { name, protocol, details = {} } = record;
  const samples = details.samples ?? SAMPLES.exec(protocol)?.[1];
  if (samples !== undefined) {
    const network = networkCaption(record, dataSource);
    const count = formatCount(Number(samples));
    return network === undefined
      ? localizable('{0} samples', count)
      : localizable('{0}, {1} samples', network, count);
  }
  if (name === 'sampleDiversity')
    return protocol.includes('points')
      ? localizable('relative to real points')
      : localizable('relative to real images');
  const judged = /^classifier judged on (\d+) /.exec(protocol)?.[1];
  if (judged !== undefined)
    return localizable('{0} held-out and generated examples', formatCount(Number(judged)));
  return verbatim(protocol);
}
