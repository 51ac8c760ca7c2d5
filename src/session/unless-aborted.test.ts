import { expect, it } from 'vitest';
import { ImportCancelledError } from '../data/packed/make-pack';
import { unlessAborted } from './unless-aborted';

const unfinished = new Promise<never>(() => {});

it('gives the result, with or without a signal', async () => {
  expect(await unlessAborted(Promise.resolve(3), undefined)).toBe(3);
  expect(await unlessAborted(Promise.resolve(3), new AbortController().signal)).toBe(3);
});

it('ends work that never finishes when it is aborted, before or after it began', async () => {
  const controller = new AbortController();
  const waiting = unlessAborted(unfinished, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toThrow(ImportCancelledError);
  await expect(unlessAborted(unfinished, controller.signal)).rejects.toThrow(ImportCancelledError);
});
