import { expect, it } from 'vitest';
import { scriptedTraining } from '../../../test/support/scripted-worker';
import type { LiveSample } from '../../shared/point-sample';
import { SampleWatch } from './sample-watch';

const sample = {
  real: Float32Array.of(1, 2),
  fake: Float32Array.of(3, 4),
  heat: Float32Array.of(0.5),
  heatColumns: 1,
  extent: 5,
};

it('watches a run while this window trains it and the page shows it, and no longer', () => {
  const { manager, worker } = scriptedTraining();
  const asked = (): (boolean | undefined)[] =>
    worker.received.flatMap((message) => (message.type === 'watch' ? [message.isWatched] : []));
  let isVisible = true;
  const shown: [number, LiveSample][] = [];
  const watch = new SampleWatch({
    training: manager,
    folders: ['/runs/other', '/runs/1'],
    isVisible: () => isVisible,
    onSample: (run, live) => shown.push([run, live]),
  });
  watch.want([0, 1]);
  manager.add({ type: 'start', experimentFile: '/toy.gan.json' });
  expect(asked()).toEqual([]);
  worker.say({ type: 'opened', runFolder: '/runs/1' });
  expect(asked()).toEqual([true]);
  worker.say({ type: 'liveSample', step: 7, sample });
  expect(shown).toEqual([[1, { step: 7, sample }]]);

  isVisible = false;
  watch.update();
  isVisible = true;
  watch.update();
  expect(asked()).toEqual([true, false, true]);

  // Another page watches too.
  const other = new SampleWatch({
    training: manager,
    folders: ['/runs/1'],
    isVisible: () => true,
    onSample: () => undefined,
  });
  other.want([0]);
  watch.dispose();
  expect(asked()).toEqual([true, false, true]);
  other.dispose();
  expect(asked()).toEqual([true, false, true, false]);
});
