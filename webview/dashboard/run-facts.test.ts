import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RunProgress } from '../../src/shared/dashboard-protocol';
import type { RunRecord } from '../../src/shared/run-format';
import { RING_RECORD } from '../../test/support/run-records';
import type { RunMessage } from './run-facts';

beforeAll(() => {
  vi.stubGlobal('document', { querySelector: () => null });
});
afterAll(() => vi.unstubAllGlobals());

const progress: RunProgress = {
  step: 1500,
  images: 96_000,
  trainingSeconds: 65,
  imagesPerSecond: 1400,
  averageImagesPerSecond: 1200,
  remainingSeconds: 125,
};

const record: RunRecord = {
  ...RING_RECORD,
  id: '00001-toy',
  experiment: 'toy',
  experimentFile: '/toy.gan.json',
  status: 'running',
  step: 1000,
  totalSteps: 3000,
  trainingSeconds: 40,
};

function message(changes: Partial<RunMessage> = {}): RunMessage {
  return {
    type: 'run',
    record,
    status: 'running',
    labels: { schemaVersion: 1, tags: [], note: '' },
    hasCheckpoints: true,
    ...changes,
  };
}

it('says of a run that trains how fast it is and how long it has taken', async () => {
  const { runFacts } = await import('./run-facts');
  expect(runFacts(message({ progress }))).toEqual([
    'Step 1,500 of 3,000',
    '1,400 examples/s',
    '1:05 of training',
    'onnx, 1 thread',
  ]);
  expect(runFacts(message())).toEqual(['Step 1,000 of 3,000', '0:40 of training', 'onnx, 1 thread']);
});

it('says of a paused run its average speed, and of one that has ended none', async () => {
  const { runFacts } = await import('./run-facts');
  expect(runFacts(message({ status: 'paused', progress }))).toContain('1,200 examples/s on average');
  expect(runFacts(message({ status: 'completed', progress }))).toEqual([
    'Step 1,500 of 3,000',
    'onnx, 1 thread',
  ]);
});

it('names the scoring under way, the threads and the parent', async () => {
  const { runFacts } = await import('./run-facts');
  const child = {
    ...record,
    engine: { ...record.engine, threads: 4 },
    parent: { run: '00000-toy', step: 2000 },
  };
  const facts = runFacts(message({ record: child, scoring: { phase: 'samples', done: 1000, total: 2000 } }));
  expect(facts).toContainEqual(expect.stringMatching(/\(1,000\/2,000\)$/));
  expect(facts.slice(-2)).toEqual(['onnx, 4 threads', 'from step 2,000 of 00000-toy']);
});

it('counts steps by whichever of record and progress is ahead', async () => {
  const { stepOf, progressText } = await import('./run-facts');
  expect(stepOf(message({ progress }))).toBe(1500);
  expect(stepOf(message({ progress: { ...progress, step: 10 } }))).toBe(1000);
  expect(progressText(message({ progress }))).toBe('50% · 2 min left');
  expect(progressText(message({ status: 'paused', progress }))).toBe('50%');
  // A run without steps must not divide by zero.
  expect(progressText(message({ record: { ...record, step: 0, totalSteps: 0 } }))).toBe('0%');
});
