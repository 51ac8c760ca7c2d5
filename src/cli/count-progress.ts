/** Progress of a command that counts what it has done: a bar, lines without a terminal, or objects with `--json`. */
import { throttledCount } from '../shared/throttle';
import type { Output } from './output';
import { progressBar } from './progress-bar';
import { t } from './texts';

/** Interval between lines where standard error is not a terminal. */
const LINE_INTERVAL_MS = 5000;
/** Interval between objects with `--json`. */
const JSON_INTERVAL_MS = 200;

export interface CountProgress {
  report(done: number, total: number): void;
  stop(): void;
}

/** @param doing shown beside the count, e.g. `Generating samples` */
export function countProgress(output: Output, doing: string): CountProgress {
  if (output.json) {
    const emit = throttledCount(JSON_INTERVAL_MS, ({ done, total }) =>
      output.emit({ type: 'count', done, total }),
    );
    return { report: (done, total) => emit({ done, total }), stop() {} };
  }
  if (process.stderr.isTTY !== true) {
    const warn = throttledCount(LINE_INTERVAL_MS, ({ done, total }) =>
      output.warn(t('{0}: {1} of {2}', doing, done, total)),
    );
    return { report: (done, total) => warn({ done, total }), stop() {} };
  }
  const bar = progressBar({ format: `{bar} ${doing} {value}/{total}`, clearOnComplete: true });
  return {
    report(done, total) {
      if (!bar.isActive) bar.start(total, done);
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
