/** Progress output of `gan evaluate`: the estimated duration, then a bar, or lines without a terminal. */
import {
  type EvaluationEstimate,
  type EvaluationProgress,
  PHASE_TITLES,
} from '../shared/evaluation-progress';
import { throttledCount } from '../shared/throttle';
import type { Output } from './output';
import { progressBar } from './progress-bar';
import { inLanguage, t } from './texts';

/** Interval between lines where standard error is not a terminal. */
const LINE_INTERVAL_MS = 5000;
/** Interval between objects with `--json`. */
const JSON_INTERVAL_MS = 200;

export interface EvaluationDisplay {
  readonly observer: {
    onProgress(progress: EvaluationProgress): void;
    onEstimate(estimate: EvaluationEstimate): void;
  };
  stop(): void;
}

export function showEvaluation(output: Output): EvaluationDisplay {
  if (output.json) return jsonDisplay(output);
  return process.stderr.isTTY === true ? barDisplay(output) : lineDisplay(output);
}

/** Formats a duration, precise enough to decide whether to wait. */
function aboutText(seconds: number): string {
  if (seconds < 60) return t('about {0} s', Math.max(1, Math.round(seconds)));
  const minutes = seconds / 60;
  return minutes < 90 ? t('about {0} min', Math.round(minutes)) : t('about {0} h', (minutes / 60).toFixed(1));
}

function estimateText({ seconds, samples, reference, features }: EvaluationEstimate): string {
  const by = features === undefined ? '' : t(' ({0} features)', features);
  return t(
    'Scoring {0} samples against {1} real examples{2}: {3}. Press Ctrl-C to cancel.',
    samples,
    reference,
    by,
    aboutText(seconds),
  );
}

function jsonDisplay(output: Output): EvaluationDisplay {
  return {
    observer: {
      onProgress: throttledCount(JSON_INTERVAL_MS, (progress) =>
        output.emit({ type: 'progress', ...progress }),
      ),
      onEstimate: (estimate) => output.emit({ type: 'estimate', ...estimate }),
    },
    stop() {},
  };
}

function lineDisplay(output: Output): EvaluationDisplay {
  return {
    observer: {
      onProgress: throttledCount(LINE_INTERVAL_MS, ({ phase, done, total }) =>
        output.warn(t('{0}: {1} of {2}', inLanguage(PHASE_TITLES[phase]), done, total)),
      ),
      onEstimate: (estimate) => output.warn(estimateText(estimate)),
    },
    stop() {},
  };
}

function barDisplay(output: Output): EvaluationDisplay {
  const bar = progressBar({
    format: '{bar} {doing} {value}/{total}',
    clearOnComplete: true,
  });
  return {
    observer: {
      onProgress({ phase, done, total }) {
        const payload = { doing: inLanguage(PHASE_TITLES[phase]) };
        if (!bar.isActive) bar.start(total, done, payload);
        bar.setTotal(total);
        bar.update(done, payload);
      },
      onEstimate(estimate) {
        bar.stop();
        output.warn(estimateText(estimate));
      },
    },
    stop: () => bar.stop(),
  };
}
