/** Waits for work that does not take a signal, such as loading a user's module, which may never finish. */
import { ImportCancelledError } from '../data/packed/make-pack';

/** Throws `ImportCancelledError` when the signal is aborted; the work goes on, but nothing waits for it any more. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new ImportCancelledError());
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
