/** Progress output of `gan train` and `gan resume`: a progress bar, or lines without a terminal. */
import type { ImportProgress } from '../data/source';
import { type EvaluationProgress, PHASE_TITLES } from '../shared/evaluation-progress';
import { formatText, type LocalizableValue } from '../shared/localizable-text';
import { throttled, throttledCount, throttledSteps } from '../shared/throttle';
import type { TrainingObserver, TrainingProgress } from '../training/job';
import { findingText, recoveryText } from './finding-text';
import type { Output } from './output';
import { progressBar } from './progress-bar';
import { scoresText } from './score-text';
import { inLanguage, t, translated } from './texts';

/** Interval between lines where standard error is not a terminal. */
const LINE_INTERVAL_MS = 5000;
/** Interval between objects with `--json`. */
const JSON_INTERVAL_MS = 200;

export interface ProgressDisplay {
  readonly observer: TrainingObserver;
  stop(): void;
}

export function showProgress(output: Output): ProgressDisplay {
  if (output.json) return jsonProgress(output);
  return process.stderr.isTTY === true ? barProgress(output) : lineProgress(output);
}

/** `onImport` for a terminal: a separate bar, which gives way to the training bar. */
function importBar(): (progress: ImportProgress) => void {
  const bar = progressBar({
    format: `{bar} ${importingText('{value}', '{total}', '{rate}', '{left}', '{skipped}')}`,
    stopOnComplete: true,
  });
  return ({ done, total, skipped, imagesPerSecond, etaSeconds }) => {
    const payload = { rate: imagesPerSecond.toFixed(0), left: duration(etaSeconds), skipped };
    if (bar.isActive) bar.update(done, payload);
    else bar.start(total, done, payload);
  };
}

/** `onImport` without a terminal. */
function importLines(output: Output): (progress: ImportProgress) => void {
  return throttledCount(LINE_INTERVAL_MS, ({ done, total, skipped, imagesPerSecond, etaSeconds }) =>
    output.say(importingText(done, total, imagesPerSecond.toFixed(0), duration(etaSeconds), skipped)),
  );
}

function importingText(...values: readonly LocalizableValue[]): string {
  return t('Importing {0}/{1} · {2} images/s · {3} left · {4} skipped', ...values);
}

function trainingText(...values: readonly LocalizableValue[]): string {
  return t('Step {0}/{1} · {2} examples/s · {3} left · D {4} · G {5}', ...values);
}

function scoringText({ phase, done, total }: EvaluationProgress): string {
  return t('{0}: {1} of {2}', inLanguage(PHASE_TITLES[phase]), done, total);
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
  const bar = progressBar({
    format: `{bar} ${trainingText('{value}', '{total}', '{rate}', '{left}', '{d}', '{g}')}{doing}`,
    stopOnComplete: false,
  });
  let started = false;
  return {
    observer: {
      onImport: importBar(),
      onProgress(progress) {
        const payload = {
          rate: progress.imagesPerSecond.toFixed(0),
          left: duration(progress.etaSeconds),
          ...losses(progress),
          doing: '',
        };
        if (started) bar.update(progress.step, payload);
        else bar.start(progress.totalSteps, progress.step, payload);
        started = true;
      },
      onScoring: (progress) => {
        if (started) bar.update({ doing: ` · ${scoringText(progress)}` });
      },
      // The bar's line is not terminated yet.
      onFinding: (finding) => output.warn(`${started ? '\n' : ''}${findingText(finding)}`),
      onRecovery: (recovery) => output.warn(`${started ? '\n' : ''}${recoveryText(recovery)}`),
      onScores: ({ records, isBest }) => output.warn(`${started ? '\n' : ''}${scoresText(records, isBest)}`),
      onRemark: (remark) => output.say(translated(remark)),
      onWarning: (warning) => output.warn(translated(warning)),
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

function lineProgress(output: Output): ProgressDisplay {
  return {
    observer: {
      onImport: importLines(output),
      onProgress: throttledSteps(LINE_INTERVAL_MS, (progress) => {
        const { d, g } = losses(progress);
        output.say(
          trainingText(
            progress.step,
            progress.totalSteps,
            progress.imagesPerSecond.toFixed(0),
            duration(progress.etaSeconds),
            d,
            g,
          ),
        );
      }),
      onScoring: throttled(LINE_INTERVAL_MS, (progress) => output.say(scoringText(progress))),
      onFinding: (finding) => output.say(findingText(finding)),
      onRecovery: (recovery) => output.say(recoveryText(recovery)),
      onScores: ({ records, isBest }) => output.say(scoresText(records, isBest)),
      onRemark: (remark) => output.say(translated(remark)),
      onWarning: (warning) => output.warn(translated(warning)),
    },
    stop() {},
  };
}

function jsonProgress(output: Output): ProgressDisplay {
  return {
    observer: {
      onImport: throttledCount(JSON_INTERVAL_MS, (progress) => output.emit({ type: 'import', ...progress })),
      onSkipped: (skipped) => output.emit({ type: 'skipped', ...skipped }),
      onProgress: throttledSteps(
        JSON_INTERVAL_MS,
        ({ step, totalSteps, imagesPerSecond, etaSeconds, lastRecord }) =>
          output.emit({
            type: 'progress',
            step,
            totalSteps,
            imagesPerSecond,
            etaSeconds,
            ...(lastRecord === undefined
              ? {}
              : {
                  discriminatorLoss: lastRecord.discriminatorLoss,
                  generatorLoss: lastRecord.generatorLoss,
                }),
          }),
      ),
      onScoring: throttled(JSON_INTERVAL_MS, (progress) => output.emit({ type: 'scoring', ...progress })),
      onStatus: (status) => output.emit({ type: 'status', status }),
      onSample: ({ step, file }) => output.emit({ type: 'sample', step, file }),
      onCheckpoint: ({ step, file }) => output.emit({ type: 'checkpoint', step, file }),
      onFinding: (finding) => output.emit(finding),
      onRecovery: (recovery) => output.emit(recovery),
      onScores({ records }) {
        for (const record of records) output.emit(record);
      },
      onRemark: (remark) => output.emit({ type: 'remark', message: formatText(remark) }),
      onWarning: (warning) => output.warn(translated(warning)),
    },
    stop() {},
  };
}
