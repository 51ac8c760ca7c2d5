import { describe, expect, it } from 'vitest';
import type { ScoreRecord } from './run-format';
import { bestScore, bestScores, declineFrom, SCORE_KINDS } from './scores';

function score(name: string, step: number, value: number, protocol = 'p'): ScoreRecord {
  return { schemaVersion: 1, type: 'score', name, step, value, protocol };
}

describe('the best score of a run', () => {
  it('is the lowest or the highest, as the score has it, and the earliest of equal ones', () => {
    const fids = [score('fid', 1, 30), score('fid', 2, 10), score('fid', 3, 10), score('fid', 4, 20)];
    expect(bestScore(fids)).toMatchObject({ value: 10, step: 2, kind: { title: 'FID' } });
    const psnrs = [score('psnr', 1, 20), score('psnr', 2, 24), score('psnr', 3, 23)];
    expect(bestScore(psnrs)).toMatchObject({ value: 24, step: 2 });
  });

  it('is that of the first kind in the list that the run has', () => {
    expect(bestScore([score('fid', 2, 50), score('psnr', 1, 20)])?.kind.name).toBe('psnr');
    expect(bestScore([score('madeUp', 1, 1)])).toBeUndefined();
    expect(bestScore([])).toBeUndefined();
  });

  it('compares scores of one protocol only, the one used last', () => {
    const both = [score('fid', 1, 5, 'old'), score('fid', 2, 50, 'new'), score('fid', 3, 40, 'new')];
    expect(bestScore(both)).toMatchObject({ value: 40, step: 3, protocol: 'new' });
  });

  it('is that which the config asked for last, where the run has it', () => {
    const records = [
      { ...score('fid', 1, 50), rankedBy: 'kid' },
      { ...score('kid', 1, 0.1), rankedBy: 'kid' },
      { ...score('fid', 2, 60), rankedBy: 'kid' },
    ];
    const diversity = score('diversity', 2, 1);
    expect(bestScore([...records, diversity])).toMatchObject({ kind: { name: 'kid' }, step: 1 });
    expect(bestScore([...records, score('fid', 3, 70)])?.kind.name).toBe('fid');
    expect(bestScore([{ ...score('fid', 1, 50), rankedBy: 'kid' }])?.kind.name).toBe('fid');
  });

  it('is known of each score and protocol, the one used last first', () => {
    const all = [score('fid', 1, 5, 'old'), score('fid', 2, 50, 'new'), score('psnr', 2, 20)];
    expect(bestScores(all).map(({ kind, value, protocol }) => [kind.name, value, protocol])).toEqual([
      ['psnr', 20, 'p'],
      ['fid', 50, 'new'],
      ['fid', 5, 'old'],
    ]);
  });

  it('has a name of its own for each kind', () => {
    expect(new Set(SCORE_KINDS.map(({ name }) => name)).size).toBe(SCORE_KINDS.length);
  });
});

describe('a decline from the best score', () => {
  function declineOf(records: readonly ScoreRecord[]) {
    const best = bestScore(records);
    return best === undefined ? undefined : declineFrom(best, records);
  }

  it('is the last score where that is clearly worse', () => {
    const risen = [score('fid', 1, 30), score('fid', 2, 10), score('fid', 3, 13)];
    expect(declineOf(risen)).toMatchObject({ value: 13, step: 3 });
    const fallen = [score('modesCovered', 1, 8), score('modesCovered', 2, 5)];
    expect(declineOf(fallen)).toMatchObject({ value: 5, step: 2 });
  });

  it('is not the noise of a score, nor a score under another protocol', () => {
    expect(declineOf([score('fid', 1, 10), score('fid', 2, 12)])).toBeUndefined();
    expect(declineOf([score('psnr', 1, 24), score('psnr', 2, 22)])).toBeUndefined();
    const other = [score('fid', 1, 10, 'new'), score('fid', 2, 99, 'old'), score('fid', 3, 11, 'new')];
    expect(declineOf(other)).toBeUndefined();
  });
});
