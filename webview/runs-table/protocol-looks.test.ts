import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunRow, TableScore } from '../../src/shared/runs-table-protocol';

const CLASSIFIER = '1000 samples against 1000 held-out examples of data 9739e88d by classifier 312310d0';
const RANDOM = '2000 samples against 2000 held-out examples of data 9739e88d by random 77ab10d0';

function score(name: string, protocol: string): TableScore {
  return { name, title: name, better: 'lower', value: 1, step: 1, protocol };
}

function row(name: string, ...scores: readonly TableScore[]): RunRow {
  const run = { folder: `/runs/${name}`, name, experiment: 'x', status: 'completed' } as const;
  return { ...run, step: 1, totalSteps: 1, tags: [], config: {}, dataSource: 'digits', scores };
}

let looks: typeof import('./protocol-looks');
beforeAll(async () => {
  vi.stubGlobal('document', { querySelector: () => null });
  looks = await import('./protocol-looks');
});
afterAll(() => vi.unstubAllGlobals());

describe('the protocols of a table', () => {
  it('are told in words, without hashes', () => {
    const rows = [row('1', score('fid', CLASSIFIER), score('pixelAccuracy', 'grid 1k'))];
    expect(looks.protocolLooks(rows)).toEqual([
      { protocol: 'grid 1k', caption: 'grid 1k', mark: '', scores: ['Pixel accuracy'] },
      { protocol: CLASSIFIER, caption: 'digit classifier, 1,000 samples', mark: '', scores: ['FID'] },
    ]);
    expect(looks.networkOf(rows, 'fid')).toBe('digit classifier');
  });

  it('name the features of points', () => {
    const protocol = '200 samples against 200 held-out examples of ring by coordinates 2a29d2ff';
    const rows = [row('1', score('fid', protocol))];
    expect(looks.protocolLooks(rows).map(({ caption }) => caption)).toEqual([
      'point coordinates, 200 samples',
    ]);
    expect(looks.networkOf(rows, 'fid')).toBe('point coordinates');
  });

  it('have one letter each, whichever score has them', () => {
    const rows = [
      row('1', score('fid', CLASSIFIER), score('kid', RANDOM)),
      row('2', score('fid', RANDOM), score('kid', CLASSIFIER)),
      row('3', score('fid', CLASSIFIER), score('kid', RANDOM)),
    ];
    const marks = (name: string) => [CLASSIFIER, RANDOM].map((one) => looks.markOf(rows, name, one));
    expect(marks('fid')).toEqual(['A', 'B']);
    expect(marks('kid')).toEqual(['A', 'B']);
    expect(looks.networkOf(rows, 'fid')).toBeUndefined();
    expect(looks.protocolLooks(rows).map(({ scores }) => scores)).toEqual([
      ['FID', 'KID'],
      ['FID', 'KID'],
    ]);
  });

  it('have no letter at a score that has but one', () => {
    const rows = [row('1', score('fid', CLASSIFIER), score('kid', RANDOM)), row('2', score('fid', RANDOM))];
    expect(looks.markOf(rows, 'kid', RANDOM)).toBe('');
  });

  it('never share a letter, however many there are', () => {
    const rows = Array.from({ length: 60 }, (_, run) => row(`${run}`, score('fid', `p${run}`)));
    expect(new Set(looks.protocolLooks(rows).map(({ mark }) => mark)).size).toBe(60);
  });
});
