/** The scores used to rank runs, and the direction in which each improves. The single source of truth. */
import type { ScoreRecord } from './run-format';

export interface ScoreKind {
  /** Name in `score` records. */
  readonly name: string;
  /** Notation used in papers, or words within a sentence. */
  readonly title: string;
  /** Title in charts and tables, if it is words: only then are both translated. */
  readonly longTitle?: string;
  readonly better: 'lower' | 'higher';
  /** Set if it lies between 0 and 1. */
  readonly isShare?: true;
}

/**
 * A run is ranked by the first of these that it has, unless its config names another; scores with other names are never
 * used for ranking. Scores against a known target come first.
 */
export const SCORE_KINDS: readonly ScoreKind[] = [
  { name: 'meanIou', title: 'mIoU', better: 'higher', isShare: true },
  { name: 'psnr', title: 'PSNR', better: 'higher' },
  { name: 'ssim', title: 'SSIM', better: 'higher', isShare: true },
  {
    name: 'pixelAccuracy',
    title: 'pixel accuracy',
    longTitle: 'Pixel accuracy',
    better: 'higher',
    isShare: true,
  },
  { name: 'fid', title: 'FID', better: 'lower' },
  { name: 'kid', title: 'KID', better: 'lower' },
  { name: 'slicedWasserstein', title: 'SWD', better: 'lower' },
  { name: 'wasserstein1', title: 'W₁', better: 'lower' },
  { name: 'wasserstein2', title: 'W₂', better: 'lower' },
  {
    name: 'jensenShannon',
    title: 'JS divergence',
    longTitle: 'Jensen-Shannon divergence',
    better: 'lower',
    isShare: true,
  },
  { name: 'inceptionScore', title: 'IS', better: 'higher' },
  {
    name: 'highQualityShare',
    title: 'quality',
    longTitle: 'High-quality samples',
    better: 'higher',
    isShare: true,
  },
  { name: 'modesCovered', title: 'modes', longTitle: 'Modes covered', better: 'higher' },
  {
    name: 'modesOfStacked',
    title: 'modes of 1,000',
    longTitle: 'Modes of stacked digits',
    better: 'higher',
  },
  { name: 'klOfStacked', title: 'KL of modes', longTitle: 'KL divergence of modes', better: 'lower' },
  { name: 'l1', title: 'L1', better: 'lower' },
  {
    name: 'classAccuracy',
    title: 'class accuracy',
    longTitle: 'Class accuracy',
    better: 'higher',
    isShare: true,
  },
  { name: 'precision', title: 'precision', longTitle: 'Precision', better: 'higher', isShare: true },
  { name: 'recall', title: 'recall', longTitle: 'Recall', better: 'higher', isShare: true },
  { name: 'density', title: 'density', longTitle: 'Density', better: 'higher' },
  { name: 'coverage', title: 'coverage', longTitle: 'Coverage', better: 'higher', isShare: true },
  {
    name: 'toldApart',
    title: 'real vs. generated accuracy',
    longTitle: 'Real vs. generated accuracy',
    better: 'lower',
    isShare: true,
  },
];

export interface BestScore {
  readonly kind: ScoreKind;
  readonly value: number;
  readonly step: number;
  readonly protocol: string;
}

/**
 * Uses the scores of training, which cover many steps, or else those computed outside training.
 * @param evaluated ordered by time of evaluation, newest last
 */
export function bestScoreOf(
  trained: readonly ScoreRecord[],
  evaluated: readonly ScoreRecord[],
): BestScore | undefined {
  return bestScore(trained) ?? bestScore(evaluated);
}

/**
 * The best of each score under each protocol, the earliest of equal ones: scores of different protocols cannot be
 * compared. Ordered as in `SCORE_KINDS`, and within a kind by the most recently used protocol first.
 */
export function bestScores(records: readonly ScoreRecord[]): readonly BestScore[] {
  return SCORE_KINDS.flatMap((kind) => {
    const ofKind = records.filter(({ name, value }) => name === kind.name && Number.isFinite(value));
    const protocols = new Set(ofKind.map(({ protocol }) => protocol).reverse());
    return [...protocols].flatMap((protocol) => {
      const [first, ...rest] = ofKind.filter((record) => record.protocol === protocol);
      if (first === undefined) return [];
      const { value, step } = rest.reduce((best, record) => {
        const isBetter = kind.better === 'lower' ? record.value < best.value : record.value > best.value;
        return isBetter ? record : best;
      }, first);
      return [{ kind, value, step, protocol }];
    });
  });
}

/** The best of the scores that a run is ranked by; undefined if it has none. */
export function bestScore(records: readonly ScoreRecord[]): BestScore | undefined {
  const scores = bestScores(records);
  const asked = records.findLast(({ name }) => SCORE_KINDS.some((kind) => kind.name === name))?.rankedBy;
  return scores.find(({ kind }) => kind.name === asked) ?? scores[0];
}

/** Ratio of a last score to the best one beyond which the run has clearly got worse: score noise is a few percent. */
const DECLINE = 1.25;

/**
 * The last score with the kind and protocol of `best`, if it is clearly worse than `best`: a sign that an earlier
 * checkpoint is the better one.
 */
export function declineFrom(best: BestScore, records: readonly ScoreRecord[]): BestScore | undefined {
  const { kind, protocol } = best;
  const last = records.findLast((record) => record.name === kind.name && record.protocol === protocol);
  if (last === undefined) return undefined;
  const { value, step } = last;
  const hasDeclined = kind.better === 'lower' ? value > best.value * DECLINE : value < best.value / DECLINE;
  return hasDeclined ? { ...best, value, step } : undefined;
}
