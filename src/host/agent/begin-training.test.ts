import { expect, it } from 'vitest';
import { scriptedQueue } from '../../../test/support/scripted-worker';
import { beginTraining } from './begin-training';

const start = { type: 'start', experimentFile: '/a.gan.json' } as const;
const never = new AbortController().signal;

it('returns the folder of a new run once it trains', async () => {
  const { manager, workers } = scriptedQueue(1);
  const begun = beginTraining(manager, start, never);
  workers[0]?.say({ type: 'opened', runFolder: '/runs/00001-a' });
  workers[0]?.say({ type: 'status', status: 'running' });
  expect(await begun).toBe('/runs/00001-a');
});

it('waits until a resumed run trains, whose folder is known from the first', async () => {
  const { manager, workers } = scriptedQueue(1);
  let isBegun = false;
  const begun = beginTraining(manager, { type: 'resume', runFolder: '/runs/00001-a' }, never).then(
    (folder) => {
      isBegun = true;
      return folder;
    },
  );
  workers[0]?.say({ type: 'opened', runFolder: '/runs/00001-a' });
  await Promise.resolve();
  expect(isBegun).toBe(false);
  workers[0]?.say({ type: 'status', status: 'running' });
  expect(await begun).toBe('/runs/00001-a');
});

it('says why a run did not begin', async () => {
  const { manager, workers } = scriptedQueue(1);
  const begun = beginTraining(manager, start, never);
  workers[0]?.say({ type: 'failed', failure: { message: 'No data.', remedy: 'Add some.' } });
  await expect(begun).rejects.toMatchObject({ message: 'No data.', remedy: 'Add some.' });
});

it('ends when its job is taken out of the queue, by the user or by cancelling the call', async () => {
  const { manager, workers } = scriptedQueue(1);
  manager.add(start);
  const removed = beginTraining(manager, start, never);
  manager.jobs.at(-1)?.steer('stop');
  await expect(removed).rejects.toThrow('Training ended before its first step.');
  const cancelling = new AbortController();
  const cancelled = beginTraining(manager, start, cancelling.signal);
  cancelling.abort();
  await expect(cancelled).rejects.toThrow('Training ended before its first step.');
  expect(workers).toHaveLength(1);
  expect(manager.jobs).toHaveLength(1);
});
