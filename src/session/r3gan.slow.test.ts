/** The experiment of docs/r3gan.md works as it is written there. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configOf, trainExperiment } from '../../test/support/experiment-training';
import { openNativeEngine } from '../engine/onnx/open-native';

const [, documented = ''] =
  /```json\n(.*?)```/s.exec(readFileSync(new URL('../../docs/r3gan.md', import.meta.url), 'utf8')) ?? [];

it('trains, from the first values of its ramps on', async () => {
  const experiment: object = JSON.parse(documented);
  const { length } = configOf(experiment);
  expect(length).toEqual({ steps: 15_625 });
  const few = { ...experiment, data: { source: 'digits', batchSize: 2 } };
  const { results } = await trainExperiment(await openNativeEngine(2), few, 2);
  expect(results.map(({ nonFinite }) => nonFinite)).toEqual([undefined, undefined]);
  expect(results[0]?.extra).toMatchObject({
    r1Weight: 0.05,
    r2Weight: 0.05,
    adamBeta2: 0.9,
    emaDecay: 0,
    augmentProbability: 0,
  });
  expect(results[1]?.extra.r1Weight).toBeLessThan(0.05);
});
