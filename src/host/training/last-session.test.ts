import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ScriptedWorker, scriptedQueue } from '../../../test/support/scripted-worker';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToyRun } from '../../../test/support/toy-run';
import type { RunUpdate } from '../../run-folder/run-writer';
import { LastSession } from './last-session';

function openWindow(kept: Map<string, unknown>) {
  const { manager: training, workers: threads } = scriptedQueue(3);
  const memory = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => {
      kept.set(key, value);
    },
  };
  const session = new LastSession(training, memory);
  const begin = (runFolder: string): ScriptedWorker => {
    training.add({ type: 'resume', runFolder });
    const thread = threads.at(-1);
    if (thread === undefined) throw new Error('No worker was opened.');
    thread.say({ type: 'opened', runFolder });
    return thread;
  };
  return { training, session, begin };
}

async function stoppedRun(runsFolder: string, update: RunUpdate): Promise<string> {
  const run = await createToyRun({ runsFolder, experimentFile: join(runsFolder, 'toy.gan.json') });
  await run.update(update);
  await run.close();
  return run.folder;
}

const { signal } = new AbortController();

it('tells the next window which runs have stopped with this one', async () => {
  const runs = await temporaryFolder();
  const byReload = await stoppedRun(runs, { status: 'stopped', step: 92, stoppedBy: 'shutdown' });
  const killed = await stoppedRun(runs, { status: 'running', step: 50 });
  const byUser = await stoppedRun(runs, { status: 'stopped', step: 7, stoppedBy: 'user' });
  const kept = new Map<string, unknown>();
  const before = openWindow(kept);
  for (const folder of [byReload, killed, byUser]) {
    const thread = before.begin(folder);
    if (folder === byUser) {
      thread.say({ type: 'ended', status: 'stopped', step: 7 });
      thread.emit('exit', 0);
    }
  }
  const { session } = openWindow(kept);
  expect(await session.look(signal)).toEqual([
    { folder: byReload, step: 92, status: 'stopped' },
    { folder: killed, step: 50, status: 'interrupted' },
  ]);
  expect(session.stopped).toHaveLength(2);
  // Reported only once.
  expect(await openWindow(kept).session.look(signal)).toEqual([]);
});

it('remembers what ends while the window closes, and forgets it when something is trained again', async () => {
  const runs = await temporaryFolder();
  const folder = await stoppedRun(runs, { status: 'stopped', step: 92, stoppedBy: 'shutdown' });
  const kept = new Map<string, unknown>();
  const before = openWindow(kept);
  const thread = before.begin(folder);
  const closed = before.training.close();
  expect(thread.received.at(-1)).toMatchObject({ type: 'steer', request: 'shutdown' });
  thread.say({ type: 'ended', status: 'stopped', step: 92 });
  thread.emit('exit', 0);
  await closed;
  const after = openWindow(kept);
  expect(await after.session.look(signal)).toHaveLength(1);
  after.begin(folder);
  expect(after.session.stopped).toEqual([]);
});

it('tells it to the window after, where this one goes away before it has told', async () => {
  const runs = await temporaryFolder();
  const folder = await stoppedRun(runs, { status: 'stopped', step: 92, stoppedBy: 'shutdown' });
  const kept = new Map<string, unknown>();
  openWindow(kept).begin(folder);
  const second = new AbortController();
  const looking = openWindow(kept).session.look(second.signal);
  second.abort();
  expect(await looking).toEqual([]);
  expect(await openWindow(kept).session.look(signal)).toHaveLength(1);
});

it('forgets only the run that is trained again', async () => {
  const runs = await temporaryFolder();
  const stopped = { status: 'stopped', step: 92, stoppedBy: 'shutdown' } as const;
  const [one, other] = [await stoppedRun(runs, stopped), await stoppedRun(runs, stopped)];
  const kept = new Map<string, unknown>();
  const before = openWindow(kept);
  for (const folder of [one, other]) before.begin(folder);
  const after = openWindow(kept);
  await after.session.look(signal);
  after.begin(one);
  expect(after.session.stopped.map(({ folder }) => folder)).toEqual([other]);
});
