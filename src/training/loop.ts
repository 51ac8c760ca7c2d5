/**
 * The training loop: runs steps, with records, samples and checkpoints at their intervals, until it completes, is
 * stopped or fails. All output goes to the run folder; observers are notified, but nothing depends on them.
 */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Engine } from '../engine/engine';
import { checkpointPath, removeOldCheckpoints } from '../run-folder/checkpoints';
import { RunDeletedError, RunLockLostError } from '../run-folder/errors';
import type { RunUpdate } from '../run-folder/run-writer';
import { isEarlySample, isSampled, sampleSteps, thinSamples } from '../run-folder/sample-files';
import { readScores } from '../run-folder/scores';
import { causeOf, describeError } from '../shared/errors';
import type { LiveRequest } from '../shared/live-request';
import { formatText, type LocalizableText, localizable } from '../shared/localizable-text';
import {
  type EventRecord,
  type Intervention,
  type MetricsRecord,
  RUN_FILES,
  RUN_SCHEMA_VERSION,
  type RunEnding,
  type StepRecord,
  type StopCause,
  stepFileName,
} from '../shared/run-format';
import { remainingSeconds, Throughput } from '../shared/throughput';
import { encodeSafetensors } from '../storage/safetensors';
import { Interventions } from './interventions';
import type { TrainingEnd, TrainingJob, TrainingObserver } from './job';
import { type AskedRequest, LiveRequestError, LiveRequests } from './live-requests';
import { LiveSamples } from './live-samples';
import { LoopRequests } from './loop-requests';
import { firstNonFinite, NonFiniteError } from './non-finite';
import { Pacer } from './pacer';
import { attempt, recordFailure } from './record-failure';
import { RunScores, type RunScoring, type StepScores } from './run-scores';
import { pointTensors, Sampler } from './samples';
import type { StepResult } from './task';
import { TrainingClock } from './training-clock';
import { checkLeaves, TrainingState } from './training-state';
import type { TrainingWatch } from './training-watch';

export class TrainingLoop {
  readonly #job: TrainingJob;
  readonly #observer: TrainingObserver;
  readonly #clock: TrainingClock;
  readonly #requests: LoopRequests;
  readonly #liveRequests = new LiveRequests();
  readonly #pacer = new Pacer();
  #isPaused = false;
  /** The request for the next step of a paused run. */
  #singleStep: AskedRequest | undefined;
  /** Whether the engine holds a state worth saving. */
  #begun = false;
  #lastRecord: StepRecord | undefined;
  readonly #throughput = new Throughput();
  /** Seconds of training included in the throughput. */
  #measuredSeconds: number;
  #lastCheckpointStep: number | undefined;
  #lastSampleStep: number | undefined;
  #watch: TrainingWatch | undefined;
  readonly #interventions: Interventions;
  #scores = new RunScores([]);
  #scoringCancellation = new AbortController();
  #isWatched = false;
  #live: LiveSamples | undefined;

  constructor(job: TrainingJob) {
    this.#job = job;
    this.#observer = job.observer ?? {};
    this.#requests = new LoopRequests(job.run.folder);
    this.#clock = new TrainingClock(job.resumePoint?.seconds ?? 0);
    this.#measuredSeconds = this.#clock.seconds;
    this.#watch = job.watch;
    const { run, task, engine, changer } = job;
    this.#interventions = new Interventions({
      ...{ run, task, engine },
      ...(changer === undefined ? {} : { changer }),
      earlier: job.resumePoint?.interventions ?? { all: [], recorded: 0 },
      onDone: (intervention, isRecorded) => this.#intervened(intervention, isRecorded),
      onWatch: (watch) => {
        this.#watch = watch;
      },
    });
  }

  /** Stops after the current step, with a checkpoint; `cause` is stored in the run's record. */
  stop(cause: StopCause = 'user'): void {
    this.#requests.stop(cause);
    this.#scoringCancellation.abort();
  }

  /** Pauses after the current step, until `continue` or `stop`. */
  pause(): void {
    this.#requests.add('pause');
  }

  continue(): void {
    this.#requests.add('continue');
  }

  /** Writes a checkpoint after the current step. */
  checkpointNow(): void {
    this.#requests.add('checkpoint');
  }

  /** Whether to tell the observer of samples between the recorded ones; for points only. */
  watchSamples(isWatched: boolean): void {
    this.#isWatched = isWatched;
    this.#live?.watch(isWatched);
    this.#requests.wake();
  }

  /**
   * Carries out a request between two steps, and resolves then. Rejects with `LiveRequestError` or another
   * `WorkbenchError` if the request is refused; training goes on as before.
   */
  async ask(request: LiveRequest): Promise<void> {
    const answer = this.#liveRequests.ask(request);
    this.#requests.wake();
    await answer;
  }

  /**
   * Trains to the end or until stopped; may be called only once. Throws whatever else ended training, after saving the
   * last good state and recording the failure: `NonFiniteError`, `StorageError`, `RunLockLostError`, `RunDeletedError`,
   * `CheckpointError`, or an error of the engine or the data.
   */
  async run(): Promise<TrainingEnd> {
    let state: TrainingState | undefined;
    try {
      const { task, data, settings, resumePoint } = this.#job;
      const bodies = {
        examples: data.train,
        ...(data.unpairedInputs === undefined ? {} : { unpairedInputs: data.unpairedInputs.train }),
      };
      state = new TrainingState(task, bodies, settings.seed, resumePoint?.checkpoint);
      return await this.#train(state);
    } catch (error) {
      const { run } = this.#job;
      const reason = run.isDeleted() ? new RunDeletedError(run.folder, run.record, error) : error;
      this.#singleStep?.refuse(reason);
      await this.#fail(reason, state);
      throw reason;
    } finally {
      this.#liveRequests.close();
      await state?.batches.close();
    }
  }

  async #train(state: TrainingState): Promise<TrainingEnd> {
    const sampler = await this.#begin(state);
    const { settings } = this.#job;
    const { totalSteps, checkpointEvery } = settings;
    while (state.step < totalSteps) {
      await this.#clock.without(() => this.#interventions.repeat(state));
      if ((await this.#obeyRequests(state)) === 'stop')
        return await this.#end('stopped', state, { stoppedBy: this.#requests.stopCause });
      await this.#step(state);
      if (isSampled(state.step, settings)) await this.#sample(state, sampler);
      const ending = await this.#score(state);
      if (state.step % checkpointEvery === 0 && this.#lastCheckpointStep !== state.step)
        await this.#checkpoint(state);
      this.#finishSingleStep();
      if (ending !== undefined) return await this.#end('completed', state, { ending });
      this.#tellProgress(state);
      await this.#live?.offer(state.step);
    }
    if (this.#lastSampleStep !== state.step) await this.#sample(state, sampler);
    return await this.#end('completed', state, { ending: { kind: 'length' } });
  }

  async #begin(state: TrainingState): Promise<Sampler> {
    const { run, task, engine, data, settings, resumePoint } = this.#job;
    const initial = task.initialState(settings.seed);
    const checkpoint = resumePoint?.checkpoint;
    if (checkpoint !== undefined) checkLeaves(checkpoint.leaves, initial);
    engine.write(checkpoint?.leaves ?? initial);
    await task.prepare(engine);
    engine.mark();
    this.#begun = true;
    if (resumePoint !== undefined) this.#scores = new RunScores(await readScores(run.folder));
    const sampler = await Sampler.create(
      { task, engine, data },
      { seed: settings.seed, count: settings.sampleCount },
    );
    if (task.example.kind === 'points') {
      this.#live = new LiveSamples(sampler, this.#clock, (live) => this.#observer.onLiveSample?.(live));
      this.#live.watch(this.#isWatched);
    }

    for (const remark of this.#job.remarks ?? []) {
      await run.log(formatText(remark));
      this.#observer.onRemark?.(remark);
    }
    const warnings = [...(this.#job.notices ?? []), ...(resumePoint?.warnings ?? [])];
    for (const warning of warnings) {
      await run.log(formatText(warning));
      this.#observer.onWarning?.(warning);
    }
    const isBeginning = resumePoint === undefined || resumePoint.isBeginning === true;
    await this.#event(isBeginning ? 'started' : 'resumed', state, {
      ...(warnings.length === 0
        ? {}
        : { message: warnings.map((warning) => formatText(warning)).join('\n') }),
    });
    await run.update({
      status: 'running',
      step: state.step,
      totalSteps: settings.totalSteps,
      engine: engine.info,
      trainingSeconds: this.#clock.seconds,
    });
    this.#observer.onStatus?.('running');
    this.#clock.start();
    if (checkpoint !== undefined) this.#lastCheckpointStep = state.step;
    // The checkpoint's step may lack its sample where the disk was full.
    const hasSample = (await sampleSteps(run.folder)).includes(state.step);
    if (hasSample) this.#lastSampleStep = state.step;
    else if (isSampled(state.step, settings)) await this.#sample(state, sampler);
    return sampler;
  }

  async #step(state: TrainingState): Promise<void> {
    // Yields to timers and messages even if the engine computes synchronously.
    await nextTurn();
    this.#job.run.checkLock();
    this.#pacer.stepBegins();
    this.#clock.start();
    const { task, engine } = this.#job;
    const batches = [];
    for (let i = 0; i < task.batchesPerStep; i++) batches.push(await state.batches.next());
    const step = state.step + 1;
    const result = await task.trainStep(engine, {
      ...{ step, batches },
      random: state.random,
      updates: state.updates,
    });
    const tensor = firstNonFinite(result);
    if (tensor !== undefined) throw new NonFiniteError(step, tensor);
    const images = task.batchSize * task.batchesPerStep;
    const { seconds } = this.#clock;
    this.#throughput.add(images, seconds - this.#measuredSeconds);
    this.#measuredSeconds = seconds;
    // The record is written first: a state whose record cannot be written is discarded, which avoids a gap.
    if (step % this.#job.settings.logEvery === 0) await this.#logStep(step, state.images + images, result);
    state.finishStep(images, task.criticSteps);
    engine.mark();
  }

  async #logStep(step: number, images: number, result: StepResult): Promise<void> {
    const { extra, nonFinite: _, ...values } = result;
    const record: StepRecord = {
      schemaVersion: RUN_SCHEMA_VERSION,
      type: 'step',
      step,
      images,
      seconds: this.#clock.seconds,
      imagesPerSecond: this.#throughput.imagesPerSecond,
      ...values,
      ...(Object.keys(extra).length === 0 ? {} : { extra }),
    };
    await this.#append(record);
    for (const finding of this.#watch?.onStep(record) ?? []) await this.#record(finding);
    this.#lastRecord = record;
  }

  async #append(record: MetricsRecord): Promise<void> {
    const { run } = this.#job;
    const { restored } = await run.append(record);
    if (!restored) return;
    const file = join(run.folder, RUN_FILES.metrics);
    const warning = localizable('{0} was deleted during training and has been restored.', file);
    await run.log(formatText(warning));
    this.#observer.onWarning?.(warning);
  }

  async #sample(state: TrainingState, sampler: Sampler): Promise<void> {
    const { run, renderSamples, settings } = this.#job;
    const samples = await sampler.sample();
    if (samples.kind === 'points') {
      const name = join(RUN_FILES.samples, stepFileName(state.step, 'safetensors'));
      await run.writeFile(name, ...encodeSafetensors(pointTensors(samples), {}));
    }
    const name = `${RUN_FILES.samples}/${stepFileName(state.step, 'png')}`;
    await run.writeFile(name, await renderSamples(samples));
    this.#lastSampleStep = state.step;
    await this.#event('sample', state, { file: name });
    // The rules only measure regular samples, which have the configured spacing.
    const measured = isEarlySample(state.step, settings) ? [] : this.#watch?.onSamples(state.step, samples);
    for (const record of measured ?? []) await this.#record(record);
    await thinSamples(run.folder, settings);
    this.#observer.onSample?.({ step: state.step, file: join(run.folder, name), samples });
  }

  /** Appends a record of the watch and notifies the observer. */
  async #record(record: MetricsRecord): Promise<void> {
    const { run } = this.#job;
    await this.#append(record);
    if (record.type === 'recovery') {
      await run.log(`step ${record.step}: ${record.rule} has ceased`);
      this.#observer.onRecovery?.(record);
    }
    if (record.type !== 'finding') return;
    await run.log(`step ${record.step}: ${record.severity}: ${record.rule}: ${record.message}`);
    await this.#observer.onFinding?.(record);
  }

  /** Returns why training ends here, if it does. */
  async #score(state: TrainingState): Promise<RunEnding | undefined> {
    const { run, scoring, engine } = this.#job;
    const { step } = state;
    if (scoring === undefined || step % scoring.every !== 0) return undefined;
    this.#clock.stop();
    const scored = await this.#scored(scoring, engine, step);
    this.#clock.start();
    if (scored === undefined) return undefined;
    const records = this.#scores.add(scored.records, scored.seconds, scoring);
    for (const record of records) await this.#record(record);
    this.#watch?.onScores(records);
    for (const note of scored.notes) await run.log(`step ${step}: ${note}`);
    const { best } = this.#scores;
    await this.#observer.onScores?.({ records, isBest: best?.step === step });
    if (best?.step === step && this.#lastCheckpointStep !== step) await this.#checkpoint(state);
    if (scored.indistinguishable !== undefined)
      return endingOf('indistinguishable', scored.indistinguishable);
    const { sinceBest } = this.#scores;
    if (best === undefined || scoring.patience === undefined || sinceBest < scoring.patience)
      return undefined;
    const { title } = best.kind;
    return endingOf(
      'patience',
      sinceBest === 1
        ? localizable('{0} has not improved in the last score; it was best at step {1}.', title, best.step)
        : localizable(
            '{0} has not improved for {1} scores; it was best at step {2}.',
            title,
            sinceBest,
            best.step,
          ),
    );
  }

  /** Returns undefined without scores: scoring that fails or costs too much is reported and does not end training. */
  async #scored(
    scoring: RunScoring,
    engine: Engine,
    step: number,
  ): Promise<(StepScores & { readonly seconds: number }) | undefined> {
    const { run } = this.#job;
    const { signal } = this.#scoringCancellation;
    const scoringEnds = new AbortController();
    const stopWatch = this.#requests.untilStop(scoringEnds.signal).then(
      () => {
        if (!scoringEnds.signal.aborted) this.#scoringCancellation.abort();
      },
      // An unreadable control folder is reported by the next poll, between steps.
      () => undefined,
    );
    try {
      if (this.#scores.isUnknown) {
        await scoring.prepare(signal);
        const seconds = await scoring.estimate(engine, signal);
        this.#scores.expect(seconds);
        await run.log(`step ${step}: the first scores will take about ${Math.ceil(seconds)} s`);
      }
      const soFar = this.#clock.seconds;
      const planned = (soFar / step) * this.#job.settings.totalSteps;
      if (!this.#scores.isAffordable(scoring, { soFar, planned })) {
        await run.log(
          `step ${step}: not scored, since scores would take more than ${100 * scoring.budgetShare}% of the time`,
        );
        return undefined;
      }
      await scoring.prepare(signal);
      const begunMs = performance.now();
      const scores = await scoring.score(engine, step, signal);
      return { ...scores, seconds: (performance.now() - begunMs) / 1000 };
    } catch (error) {
      if (this.#scoringCancellation.signal.aborted) return undefined;
      const message = localizable('Step {0} could not be scored: {1}', step, causeOf(error));
      await run.log(formatText(message));
      this.#observer.onWarning?.(message);
      return undefined;
    } finally {
      scoringEnds.abort();
      await stopWatch;
    }
  }

  async #checkpoint(state: TrainingState): Promise<void> {
    const { run, engine, settings } = this.#job;
    const { lastGood } = state;
    const leaves = await engine.read(engine.leafNames());
    const file = await run.writeCheckpoint({ leaves, state: lastGood });
    this.#lastCheckpointStep = lastGood.step;
    const name = `${RUN_FILES.checkpoints}/${stepFileName(lastGood.step, 'safetensors')}`;
    await this.#event('checkpoint', state, { file: name });
    await run.update({ step: lastGood.step, trainingSeconds: this.#clock.seconds });
    await removeOldCheckpoints(run.folder, settings.keepCheckpoints, this.#scores.bestSteps);
    this.#observer.onCheckpoint?.({ step: lastGood.step, file });
  }

  async #end(
    status: TrainingEnd['status'],
    state: TrainingState,
    why: Pick<RunUpdate, 'ending' | 'stoppedBy'>,
  ): Promise<TrainingEnd> {
    if (this.#lastCheckpointStep !== state.step) await this.#checkpoint(state);
    this.#clock.stop();
    const { step } = state;
    const { reason, said } = why.ending ?? {};
    await this.#event(status, state, reason === undefined ? {} : { message: reason });
    await this.#job.run.update({ status, step, trainingSeconds: this.#clock.seconds, ...why });
    this.#observer.onStatus?.(status);
    return {
      status,
      step,
      ...(reason === undefined ? {} : { reason }),
      ...(said === undefined ? {} : { said }),
    };
  }

  async #event(
    event: EventRecord['event'],
    { step }: { readonly step: number },
    details: Pick<EventRecord, 'message' | 'file' | 'changes' | 'player'>,
  ): Promise<void> {
    const { run } = this.#job;
    const at = new Date().toISOString();
    const seconds = this.#clock.seconds;
    await this.#append({
      schemaVersion: RUN_SCHEMA_VERSION,
      type: 'event',
      step,
      event,
      at,
      seconds,
      ...details,
    });
    await run.log(`step ${step}: ${event}${details.file === undefined ? '' : ` ${details.file}`}`);
  }

  /** Uses the speed of the newest record, so that the records and the observers show the same value. */
  #tellProgress(state: TrainingState): void {
    const { totalSteps } = this.#job.settings;
    const { step, images } = state;
    const { imagesPerSecond } = this.#lastRecord ?? this.#throughput;
    this.#observer.onProgress?.({
      step,
      totalSteps,
      imagesPerSecond,
      etaSeconds: this.#pacer.secondsFor(
        totalSteps - step,
        remainingSeconds({ step, images, imagesPerSecond }, totalSteps) ?? 0,
      ),
      lastRecord: this.#lastRecord,
    });
  }

  /** Handles the requests since the last step; returns when to train the next one, or to stop. */
  async #obeyRequests(state: TrainingState): Promise<'stop' | 'go on'> {
    for (;;) {
      const requests = await this.#requests.take();
      if (requests.has('checkpoint')) await this.#checkpointAsAsked(state);
      if (requests.has('stop')) return 'stop';
      if (requests.has('pause') && !this.#isPaused) await this.#setPaused(state, true);
      if (requests.has('continue') && this.#isPaused) await this.#setPaused(state, false);
      await this.#answerLive(state);
      const { waitMs } = this.#pacer;
      if (this.#singleStep !== undefined || (!this.#isPaused && waitMs === 0)) return 'go on';
      // Neither a pause nor slow motion counts as time of training.
      this.#clock.stop();
      if (this.#isPaused) await this.#live?.offerNow(state.step);
      else await this.#live?.offer(state.step);
      if (this.#liveRequests.isEmpty) await this.#requests.wait(this.#isPaused ? undefined : waitMs);
    }
  }

  /** Answers live requests up to one for a step, which is answered after it. Throws what ends training. */
  async #answerLive(state: TrainingState): Promise<void> {
    while (this.#singleStep === undefined) {
      const asked = this.#liveRequests.take();
      if (asked === undefined) return;
      try {
        if ((await this.#carryOut(asked, state)) === 'done') asked.done();
      } catch (error) {
        asked.refuse(error);
        if (!(error instanceof LiveRequestError)) throw error;
      }
    }
  }

  /** Throws `LiveRequestError` if it cannot be carried out. */
  async #carryOut(asked: AskedRequest, state: TrainingState): Promise<'done' | 'later'> {
    const { request } = asked;
    switch (request.type) {
      case 'setPace':
        this.#pacer.pace = request.stepsPerSecond;
        return 'done';
      case 'stepOnce':
        this.#requirePause();
        this.#singleStep = asked;
        return 'later';
      case 'stepPlayer':
        this.#requirePause();
        await this.#interventions.stepPlayer(state, request.player);
        return 'done';
      case 'applyChange':
        await this.#clock.without(() => this.#interventions.change(state, request.changes));
        return 'done';
    }
  }

  /** The state is another than that of the step's checkpoint and sample. */
  async #intervened(intervention: Intervention, isRecorded: boolean): Promise<void> {
    this.#lastCheckpointStep = undefined;
    this.#live?.watch(this.#isWatched);
    if (isRecorded) return;
    await this.#event(
      intervention.type === 'change' ? 'changed' : 'playerStep',
      intervention,
      intervention.type === 'change' ? { changes: intervention.changes } : { player: intervention.player },
    );
  }

  #requirePause(): void {
    if (this.#isPaused) return;
    throw new LiveRequestError(
      localizable('Single steps are for a run that is paused.'),
      localizable('Pause it first.'),
    );
  }

  #finishSingleStep(): void {
    if (this.#singleStep === undefined) return;
    this.#clock.stop();
    this.#singleStep.done();
    this.#singleStep = undefined;
  }

  /** Where the step already has a checkpoint, reports that one. */
  async #checkpointAsAsked(state: TrainingState): Promise<void> {
    const { step } = state;
    if (this.#lastCheckpointStep !== step) await this.#checkpoint(state);
    else this.#observer.onCheckpoint?.({ step, file: checkpointPath(this.#job.run.folder, step) });
  }

  async #setPaused(state: TrainingState, paused: boolean): Promise<void> {
    this.#isPaused = paused;
    if (paused) this.#clock.stop();
    else this.#clock.start();
    const status = paused ? 'paused' : 'running';
    await this.#event(paused ? 'paused' : 'continued', state, {});
    await this.#job.run.update({ status, step: state.step, trainingSeconds: this.#clock.seconds });
    this.#observer.onStatus?.(status);
  }

  /** Saves the last good state and records why training ended. */
  async #fail(error: unknown, state: TrainingState | undefined): Promise<void> {
    // The folder now belongs to another process, or no longer exists.
    if (error instanceof RunLockLostError || error instanceof RunDeletedError) return;
    const { run, engine } = this.#job;
    const onWarning = (message: LocalizableText): void => this.#observer.onWarning?.(message);
    this.#clock.stop();
    if (state !== undefined && this.#begun) {
      const keepLastGood = async (): Promise<void> => {
        engine.rollback();
        if (this.#lastCheckpointStep !== state.step) await this.#checkpoint(state);
        await this.#event('failed', state, { message: describeError(error) });
      };
      await attempt(localizable('Keeping the last good state'), keepLastGood, onWarning);
    }
    const progress = { step: state?.step ?? run.record.step, seconds: this.#clock.seconds };
    await recordFailure(run, error, progress, onWarning);
    this.#observer.onStatus?.('failed');
  }
}

function endingOf(kind: RunEnding['kind'], reason: LocalizableText): RunEnding {
  return { kind, reason: formatText(reason), said: reason };
}
