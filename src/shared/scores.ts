/** The scores that runs are ranked by, and which way each is better: the one place that knows. */
import type { ScoreRecord } from './run-format';

export interface ScoreKind {
  /** As `score` records name it. */
  readonly name: string;
  /** As papers write it. */
  readonly title: string;
  readonly better: 'lower' | 'higher';
}

/**
 * The first of these that a run has is the one that it is ranked by, unless its config names another; a score of any other
 * name ranks nothing. Where it is known what should have come out, that decides.
 */
export const SCORE_KINDS: readonly ScoreKind[] = [
  { name: 'meanIou', title: 'mIoU', better: 'higher' },
  { name: 'psnr', title: 'PSNR', better: 'higher' },
  { name: 'ssim', title: 'SSIM', better: 'higher' },
  { name: 'pixelAccuracy', title: 'pixel accuracy', better: 'higher' },
  { name: 'fid', title: 'FID', better: 'lower' },
  { name: 'kid', title: 'KID', better: 'lower' },
  { name: 'slicedWasserstein', title: 'SWD', better: 'lower' },
  { name: 'inceptionScore', title: 'IS', better: 'higher' },
  { name: 'highQualityShare', title: 'quality', better: 'higher' },
  { name: 'modesCovered', title: 'modes', better: 'higher' },
  { name: 'l1', title: 'L1', better: 'lower' },
  { name: 'classAccuracy', title: 'class accuracy', better: 'higher' },
  { name: 'precision', title: 'precision', better: 'higher' },
  { name: 'recall', title: 'recall', better: 'higher' },
  { name: 'density', title: 'density', better: 'higher' },
  { name: 'coverage', title: 'coverage', better: 'higher' },
  { name: 'toldApart', title: 'told apart', better: 'lower' },
];

export interface BestScore {
  readonly kind: ScoreKind;
  readonly value: number;
  readonly step: number;
  readonly protocol: string;
}

/**
 * By the scores of training, which are of many steps; where there are none, by those computed beside it.
 * @param evaluated those computed last come last
 */
export function bestScoreOf(
  trained: readonly ScoreRecord[],
  evaluated: readonly ScoreRecord[],
): BestScore | undefined {
  return bestScore(trained) ?? bestScore(evaluated);
}

/**
 * The best of each score of each protocol, the earliest of equal ones: scores of different protocols cannot be compared.
 * In the order of `SCORE_KINDS`, and of one kind the protocol that was used last first.
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

/** The best of the scores that a run is ranked by; undefined where it has none. */
export function bestScore(records: readonly ScoreRecord[]): BestScore | undefined {
  const scores = bestScores(records);
  const asked = records.findLast(({ name }) => SCORE_KINDS.some((kind) => kind.name === name))?.rankedBy;
  return scores.find(({ kind }) => kind.name === asked) ?? scores[0];
}
