/**
 * Compares two engines in a process of its own: a driver that has never been tried may crash or hang, and a step on a
 * device cannot be interrupted.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ImportCancelledError } from '../../data/packed/make-pack';
import { type LocalizableText, localizable, verbatim } from '../../shared/localizable-text';
import { forkNode } from '../../shared/node-process';
import { packageRoot } from '../../shared/package-root';
import type { ComparedNetwork, Comparison, FromStepTime, ToStepTime } from '../../shared/step-time-protocol';

/** Bounds what is not timed: opening the engines, compiling, and the first step of each. */
const LIMIT_MS = 20_000;

export interface ComparisonOptions {
  readonly signal?: AbortSignal | undefined;
  readonly script?: string;
  readonly limitMs?: number;
}

/** Throws `ImportCancelledError` if aborted; any other failure makes the device unusable. */
export async function compareInProcess(
  network: ComparedNetwork,
  {
    signal,
    script = join(packageRoot(), 'dist', 'step-time.cjs'),
    limitMs = LIMIT_MS,
  }: ComparisonOptions = {},
): Promise<Comparison> {
  if (signal?.aborted === true) throw new ImportCancelledError();
  if (!existsSync(script)) return unusable(localizable('{0} is missing', script));
  const child = forkNode(script, () => undefined, { serialization: 'advanced' });
  try {
    return await new Promise((resolve, reject) => {
      const finish = (reason: LocalizableText): void => resolve(unusable(reason));
      const timers = [
        setTimeout(
          () => finish(localizable('trying it took more than {0} seconds', limitMs / 1000)),
          limitMs,
        ),
      ];
      child.on('message', (message: FromStepTime) => {
        if (message.type === 'compared') resolve(message.comparison);
        else if (message.type === 'failed') finish(verbatim(message.message));
        else if (message.type === 'timing') {
          const { processorStepMs, remainingMs } = message;
          timers.push(setTimeout(() => resolve({ kind: 'measured', processorStepMs }), remainingMs));
        }
      });
      child.on('error', ({ message }) => finish(verbatim(message)));
      child.on('close', (code, killedBy) => {
        for (const timer of timers) clearTimeout(timer);
        finish(localizable('the process that tried it ended with {0}', killedBy ?? String(code)));
      });
      signal?.addEventListener('abort', () => reject(new ImportCancelledError()), { once: true });
      const request: ToStepTime = { type: 'compare', ...network };
      child.send(request, () => undefined);
    });
  } finally {
    // An orderly exit would wait for the step in progress.
    child.kill('SIGKILL');
  }
}

function unusable(reason: LocalizableText): Comparison {
  return { kind: 'unusable', reason };
}
