/** What `gan train` and `gan resume` show while they train: a progress bar, or lines where there is no terminal. */
import { SingleBar } from 'cli-progress';
import type { TrainingObserver, TrainingProgress } from '../training/job';
import type { Output } from './output';

/** Between lines where standard error is no terminal. */
const LINE_INTERVAL_MS = 5000;
/** Between objects with `--json`. */
const JSON_INTERVAL_MS = 200;

export interface ProgressDisplay {
  readonly observer: TrainingObserver;
  stop(): void;
}

export function showProgress(output: Output): ProgressDisplay {
  if (output.json) return jsonProgress(output);
  return process.stderr.isTTY === true ? barProgress(output) : lineProgress(output);
}

function losses({ lastRecord }: TrainingProgress): { d: string; g: string } {
  return {
    d: lastRecord?.discriminatorLoss.toFixed(3) ?? '–',
    g: lastRecord?.generatorLoss.toFixed(3) ?? '–',
  };
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function barProgress(output: Output): ProgressDisplay {
  const bar = new SingleBar({
    format: '{bar} step {value}/{total} · {rate} images/s · {left} left · D {d} · G {g}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    stopOnComplete: false,
  });
  let started = false;
  return {
    observer: {
      onProgress(progress) {
        const payload = {
          rate: progress.imagesPerSecond.toFixed(0),
          left: duration(progress.etaSeconds),
          ...losses(progress),
        };
        if (started) bar.update(progress.step, payload);
        else bar.start(progress.totalSteps, progress.step, payload);
        started = true;
      },
      onWarning: (message) => output.warn(message),
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

function lineProgress(output: Output): ProgressDisplay {
  let last = Number.NEGATIVE_INFINITY;
  return {
    observer: {
      onProgress(progress) {
        const now = performance.now();
        if (now - last < LINE_INTERVAL_MS && progress.step !== progress.totalSteps) return;
        last = now;
        const { d, g } = losses(progress);
        output.say(
          `step ${progress.step}/${progress.totalSteps} · ${progress.imagesPerSecond.toFixed(0)} images/s · ${duration(progress.etaSeconds)} left · D ${d} · G ${g}`,
        );
      },
      onWarning: (message) => output.warn(message),
    },
    stop() {},
  };
}

function jsonProgress(output: Output): ProgressDisplay {
  let last = Number.NEGATIVE_INFINITY;
  return {
    observer: {
      onProgress({ step, totalSteps, imagesPerSecond, etaSeconds, lastRecord }) {
        const now = performance.now();
        if (now - last < JSON_INTERVAL_MS && step !== totalSteps) return;
        last = now;
        output.emit({
          type: 'progress',
          step,
          totalSteps,
          imagesPerSecond,
          etaSeconds,
          discriminatorLoss: lastRecord?.discriminatorLoss,
          generatorLoss: lastRecord?.generatorLoss,
        });
      },
      onStatus: (status) => output.emit({ type: 'status', status }),
      onSample: ({ step, file }) => output.emit({ type: 'sample', step, file }),
      onCheckpoint: ({ step, file }) => output.emit({ type: 'checkpoint', step, file }),
      onWarning: (message) => output.warn(message),
    },
    stop() {},
  };
}
