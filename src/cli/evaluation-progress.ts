/** Progress output of `gan evaluate`: the estimated duration, then a bar, or lines without a terminal. */
import {
  type EvaluationEstimate,
  type EvaluationProgress,
  PHASE_TITLES,
} from '../shared/evaluation-progress';
import { throttledCount } from '../shared/throttle';
import type { Output } from './output';
import { progressBar } from './progress-bar';

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
  if (seconds < 60) return `about ${Math.max(1, Math.round(seconds))} s`;
  const minutes = seconds / 60;
  return minutes < 90 ? `about ${Math.round(minutes)} min` : `about ${(minutes / 60).toFixed(1)} h`;
}

function estimateText({ seconds, samples, reference, features }: EvaluationEstimate): string {
  const by = features === undefined ? '' : ` (${features} features)`;
  return `Scoring ${samples} samples against ${reference} real examples${by}: ${aboutText(seconds)}. Press Ctrl-C to cancel.`;
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
        output.warn(`${PHASE_TITLES[phase]}: ${done} of ${total}`),
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
        const payload = { doing: PHASE_TITLES[phase] };
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
