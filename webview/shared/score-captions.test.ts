import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ScoreRecord } from '../../src/shared/run-format';

beforeAll(() => {
  vi.stubGlobal('document', { querySelector: () => null });
});
afterAll(() => vi.unstubAllGlobals());

function score(
  protocol: string,
  details?: ScoreRecord['details'],
  name: ScoreRecord['name'] = 'fid',
): ScoreRecord {
  return {
    schemaVersion: 1,
    type: 'score',
    step: 1,
    name,
    value: 1,
    protocol,
    ...(details === undefined ? {} : { details }),
  };
}

const BY_CLASSIFIER =
  '1000 samples against 1000 held-out examples of data 4f2a91bc by classifier 9c1d22e0, seed 3';

describe('the caption of a score', () => {
  it('names the network and the samples, and no hash', async () => {
    const { scoreCaption } = await import('./score-captions');
    const record = score(BY_CLASSIFIER, { samples: 1000 });
    expect(scoreCaption(record, 'digits')).toBe('digit classifier, 1,000 samples');
    expect(scoreCaption(record, undefined)).toBe('dataset classifier, 1,000 samples');
    const onnx = score('500 samples against 500 held-out examples of data 4f2a91bc by onnx 9c1d22e0', {
      samples: 500,
      features: 'inception.onnx',
    });
    expect(scoreCaption(onnx, 'digits')).toBe('inception.onnx, 500 samples');
    const points = score('200 samples against 200 held-out examples of ring by coordinates 2a29d2ff', {
      samples: 200,
    });
    expect(scoreCaption(points, 'ring')).toBe('point coordinates, 200 samples');
    const paired = score('32 samples against 32 held-out pairs of data 4f2a91bc', { samples: 32 }, 'psnr');
    expect(scoreCaption(paired, 'shapes')).toBe('32 samples');
  });

  it('reads what records without counts say', async () => {
    const { scoreCaption } = await import('./score-captions');
    const diversity = score('share of real points with a sample nearby', {}, 'sampleDiversity');
    expect(scoreCaption(diversity, undefined)).toBe('relative to real points');
    const apart = score(
      'classifier judged on 1200 held-out and generated examples of data 4f2a91bc',
      {},
      'toldApart',
    );
    expect(scoreCaption(apart, undefined)).toBe('1,200 held-out and generated examples');
    expect(scoreCaption(score('grid 1k'), undefined)).toBe('grid 1k');
  });

  it('tells apart protocols that would read the same', async () => {
    const { distinctCaptions } = await import('./score-captions');
    const kind = (protocol: string) => ({ protocol, caption: 'digit classifier, 1,000 samples' });
    const other = BY_CLASSIFIER.replace('9c1d22e0', '11aa22bb');
    const captions = distinctCaptions([kind(BY_CLASSIFIER), kind(other)], () => true).map(
      ({ caption }) => caption,
    );
    expect(captions).toEqual([
      'digit classifier, 1,000 samples, protocol 1',
      'digit classifier, 1,000 samples, protocol 2',
    ]);
    expect(distinctCaptions([kind(BY_CLASSIFIER)], () => true)[0]?.caption).toBe(
      'digit classifier, 1,000 samples',
    );
  });
});
