/** Metrics that compare each generated image with its target. */
import type { HostTensor } from '../../shared/host-tensor';
import type { LocalizableText } from '../../shared/localizable-text';
import type { Evidence, Metric } from '../metric';
import { required } from '../metric';

/** What a pair of images determines alone. */
export interface PairedMetric extends Metric {
  /** Compares two batches of the same shape. */
  compare(generated: HostTensor, targets: HostTensor): number;
  unsuitable?(evidence: Pick<Evidence, 'example'>): LocalizableText | undefined;
}

type Definition = Omit<PairedMetric, 'needs' | 'score'> & Partial<Pick<PairedMetric, 'needs'>>;

/** Reports the scores of the baselines, which learn nothing, with the score: a score below theirs means little. */
export function pairedMetric({ compare, ...definition }: Definition): PairedMetric {
  return {
    ...definition,
    compare,
    needs: ['pairs', ...(definition.needs ?? [])],
    score({ generated, pairs }) {
      const { targets, baselines } = required(pairs, definition.name, 'pairs of images');
      const details = Object.fromEntries(
        Object.entries(baselines).map(([name, predicted]) => [
          `baseline.${name}`,
          compare(predicted, targets),
        ]),
      );
      return [
        {
          name: definition.name,
          value: compare(generated, targets),
          ...(Object.keys(details).length === 0 ? {} : { details }),
        },
      ];
    },
  };
}
