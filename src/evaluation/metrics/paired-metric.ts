/** Metrics that compare each generated image with its target. */
import type { HostTensor } from '../../shared/host-tensor';
import type { Metric } from '../metric';
import { required } from '../metric';

type Definition = Omit<Metric, 'needs' | 'score'> & {
  readonly needs?: Metric['needs'];
  /** Compares two batches of the same shape. */
  compare(generated: HostTensor, targets: HostTensor): number;
};

/** Reports the scores of the baselines, which learn nothing, with the score: a score below theirs means little. */
export function pairedMetric({ compare, ...definition }: Definition): Metric {
  return {
    ...definition,
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
