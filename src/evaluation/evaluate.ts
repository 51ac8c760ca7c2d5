/** Scores generated examples against real ones; shared by `gan evaluate` and the training loop. */

import { Random } from '../random/random';
import type { ExampleShape } from '../shared/example-shape';
import { anyOf, type LocalizableText, localizable } from '../shared/localizable-text';
import { RUN_SCHEMA_VERSION, type ScoreRecord } from '../shared/run-format';
import { namedData } from './content-key';
import { EvaluationError, type Evidence, type EvidenceKind, type Metric } from './metric';

/** Default seed of the latents and of the metrics' random draws. */
export const EVALUATION_SEED = 0;

export interface Protocol {
  /** Which real examples serve as reference, e.g. `held-out`. */
  readonly reference: string;
  /** `dataKey` of the part that the reference belongs to. */
  readonly data: string;
  readonly seed: number;
  readonly network?: ProtocolNetwork;
  /** Reads the channels of stacked images. */
  readonly stackJudge?: ProtocolNetwork;
}

export interface ProtocolNetwork {
  readonly name: string;
  readonly title: string;
  readonly hash: string;
  readonly resize: string;
}

export interface Refusal {
  readonly metric: string;
  /** Why it could not be computed, as a clause. */
  readonly reason: LocalizableText;
}

export interface Evaluation {
  readonly records: readonly ScoreRecord[];
  readonly refusals: readonly Refusal[];
}

export interface EvaluationWatch {
  readonly signal?: AbortSignal;
  /** Called after each metric with the number of metrics completed. */
  onMetric?(done: number): void;
}

const MISSING: Readonly<Record<EvidenceKind, LocalizableText>> = {
  pairs: localizable('the data is not paired'),
  labelMap: localizable('the images are not label maps'),
  images: localizable('the examples are not images'),
  points: localizable('the examples are not points'),
  mixture: localizable('the data is not a mixture with known modes'),
  stack: localizable('the data is not stacked'),
  features: localizable('no features are available'),
  classes: localizable('no classifier is available'),
};

function has(kind: EvidenceKind, evidence: Evidence): boolean {
  const { example } = evidence;
  if (kind === 'images') return example.kind === 'image';
  if (kind === 'points') return example.kind === 'points';
  if (kind === 'labelMap') return example.kind === 'image' && example.labelMap !== undefined;
  return evidence[kind] !== undefined;
}

/** Requirements of metrics that can be checked from the shape of the data alone, before anything is generated. */
export interface ScorableData {
  readonly example: ExampleShape;
  readonly isPaired: boolean;
  readonly isMixture: boolean;
  readonly isStacked: boolean;
  readonly classifies: boolean;
}

/** Returns whether a metric applies to such data. */
export function suits(
  { needs }: Metric,
  { example, isPaired, isMixture, isStacked, classifies }: ScorableData,
): boolean {
  return needs.every((kind) => {
    if (kind === 'images') return example.kind === 'image';
    if (kind === 'points') return example.kind === 'points';
    if (kind === 'labelMap') return example.kind === 'image' && example.labelMap !== undefined;
    if (kind === 'pairs') return isPaired;
    if (kind === 'mixture') return isMixture;
    if (kind === 'stack') return isStacked;
    return kind === 'classes' ? classifies : true;
  });
}

/** Looks up metrics by name. Throws `EvaluationError` for an unknown name. */
export function metricsNamed(all: readonly Metric[], names: readonly string[]): readonly Metric[] {
  return names.map((name) => {
    const found = all.find((metric) => metric.name === name);
    if (found !== undefined) return found;
    throw new EvaluationError(
      localizable('There is no metric "{0}".', name),
      localizable('Choose {0}.', anyOf(all.map((metric) => metric.name))),
      { exitCode: 2 },
    );
  });
}

/**
 * Text that is equal for scores that can be compared. It includes the numbers of examples, since most scores depend on
 * them, and the key of the data, since a name does not identify its content.
 */
export function protocolText(
  { reference, data, seed }: Protocol,
  counts: { readonly real: number; readonly generated: number },
  network: ProtocolNetwork | undefined,
): string {
  const by = network === undefined ? '' : ` by ${network.name} ${network.hash.slice(0, 8)}`;
  const drawn = seed === EVALUATION_SEED ? '' : `, seed ${seed}`;
  return `${counts.generated} samples against ${counts.real} ${reference} of ${namedData(data)}${by}${drawn}`;
}

function networkOf({ needs }: Metric, { network, stackJudge }: Protocol): ProtocolNetwork | undefined {
  if (needs.includes('stack')) return stackJudge;
  return needs.includes('features') || needs.includes('classes') ? network : undefined;
}

/**
 * Scores one step; a metric that does not apply is reported as a refusal and the others continue. Throws the signal's
 * reason.
 */
export async function evaluate(
  metrics: readonly Metric[],
  evidence: Omit<Evidence, 'random'>,
  protocol: Protocol,
  step: number,
  { signal, onMetric }: EvaluationWatch = {},
): Promise<Evaluation> {
  const records: ScoreRecord[] = [];
  const refusals: Refusal[] = [];
  const counts = {
    real: (evidence.pairs?.targets ?? evidence.reference).shape[0] ?? 0,
    generated: evidence.generated.shape[0] ?? 0,
  };
  for (const [i, metric] of metrics.entries()) {
    signal?.throwIfAborted();
    onMetric?.(i);
    const own = {
      ...evidence,
      ...(signal === undefined ? {} : { signal }),
      random: Random.seeded(protocol.seed, `metric ${metric.name}`),
    };
    const missing = metric.needs.find((kind) => !has(kind, own));
    const reason = missing === undefined ? metric.unsuitable?.(own) : MISSING[missing];
    if (reason !== undefined) {
      refusals.push({ metric: metric.name, reason });
      continue;
    }
    const network = networkOf(metric, protocol);
    for (const { name, value, details } of await metric.score(own))
      records.push({
        schemaVersion: RUN_SCHEMA_VERSION,
        type: 'score',
        step,
        name,
        value,
        protocol: protocolText(protocol, counts, network),
        details: {
          ...details,
          samples: counts.generated,
          reference: protocol.reference,
          referenceCount: counts.real,
          data: protocol.data,
          seed: protocol.seed,
          ...(network === undefined
            ? {}
            : {
                features: network.title,
                featuresHash: network.hash,
                resize: network.resize,
              }),
        },
      });
  }
  onMetric?.(metrics.length);
  return { records, refusals };
}
