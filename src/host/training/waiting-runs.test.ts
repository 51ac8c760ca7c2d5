import { expect, it } from 'vitest';
import { memoryMemento } from '../../../test/support/memory-memento';
import { scriptedQueue } from '../../../test/support/scripted-worker';
import type { WorkspaceMemory } from './last-session';
import { storedRequests } from './stored-requests';
import { keepWaitingRuns } from './waiting-runs';

function openWindow(memory: WorkspaceMemory) {
  const { manager: training, workers: threads } = scriptedQueue(1);
  keepWaitingRuns(training, memory);
  return { training, threads };
}

const digits = {
  type: 'start',
  experimentFile: '/w/digits.gan.json',
  threads: 2,
  engine: 'onnx-wasm',
} as const;
const faces = { type: 'start', experimentFile: '/w/faces.gan.json' } as const;
const again = { type: 'resume', runFolder: '/w/gan-runs/00001-ring', totalSteps: 400 } as const;
const changed = {
  type: 'fork',
  runFolder: '/w/gan-runs/00001-ring',
  fromStep: 50,
  changes: ['objective=hinge'],
} as const;

it('lists after a reload what waited before it, in its order, and begins none of it by itself', async () => {
  const memory = memoryMemento();
  const before = openWindow(memory);
  for (const request of [digits, faces, again, changed]) before.training.add(request);
  const [first] = before.threads;
  first?.say({ type: 'opened', runFolder: '/w/gan-runs/00002-digits' });
  const closed = before.training.close();
  first?.say({ type: 'ended', status: 'stopped', step: 3 });
  first?.emit('exit', 0);
  await closed;
  const { training, threads } = openWindow(memory);
  // A run with a folder can be resumed from there.
  expect(training.jobs.map(({ request, state }) => [request, state])).toEqual([
    [faces, 'held'],
    [again, 'held'],
    [changed, 'held'],
  ]);
  expect(threads).toHaveLength(0);
  // A second reload loses nothing either.
  expect(openWindow(memory).training.jobs).toHaveLength(3);
});

it('keeps a run that was importing its data and had no folder yet', () => {
  const memory = memoryMemento();
  openWindow(memory).training.add(digits);
  expect(openWindow(memory).training.jobs.map(({ request }) => request)).toEqual([digits]);
});

it('begins what is held when it is told to, and forgets what was cancelled', () => {
  const memory = memoryMemento();
  const before = openWindow(memory);
  for (const request of [digits, faces, again]) before.training.add(request);
  const { training, threads } = openWindow(memory);
  const [, second, third] = training.jobs;
  second?.steer('stop');
  expect(openWindow(memory).training.jobs.map(({ request }) => request)).toEqual([digits, again]);
  training.releaseHeld();
  expect(training.jobs.map(({ state }) => state)).toEqual(['starting', 'queued']);
  if (third !== undefined) training.beginNow(third);
  expect(threads).toHaveLength(2);
});

it('begins one that is held alone, and leaves the others', () => {
  const memory = memoryMemento();
  const before = openWindow(memory);
  for (const request of [digits, faces]) before.training.add(request);
  const { training } = openWindow(memory);
  const [first] = training.jobs;
  if (first !== undefined) training.beginNow(first);
  expect(training.jobs.map(({ state }) => state)).toEqual(['starting', 'held']);
});

it('passes over what it does not understand', () => {
  expect(storedRequests(undefined)).toEqual([]);
  expect(
    storedRequests([7, { type: 'start' }, { type: 'fork', runFolder: '/r' }, { type: 'dance' }, faces]),
  ).toEqual([faces]);
});
