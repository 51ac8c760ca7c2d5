import { availableParallelism } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import { threadPoolSize } from './thread-pool';

vi.mock('node:os', () => ({ availableParallelism: vi.fn() }));
afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  [1, '4'],
  [16, '17'],
])('keeps %d cores busy with %s threads', (cores, threads) => {
  vi.stubEnv('UV_THREADPOOL_SIZE', undefined);
  vi.mocked(availableParallelism).mockReturnValue(cores);
  expect(threadPoolSize()).toBe(threads);
});

it('leaves a number that a person has set', () => {
  vi.stubEnv('UV_THREADPOOL_SIZE', '2');
  expect(threadPoolSize()).toBe('2');
});
