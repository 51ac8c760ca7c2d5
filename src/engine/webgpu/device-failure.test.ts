import type { InferenceSession } from 'onnxruntime-common';
import { expect, it, onTestFinished, vi } from 'vitest';
import { configOf, taskOf } from '../../../test/support/experiment-training';
import { linePoints } from '../../../test/support/scalar-training';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { points } from '../../../test/support/tiny-experiments';
import { loggedSteps, resume, trainNew } from '../../../test/support/training-job';
import { checkpointSteps } from '../../run-folder/checkpoints';
import { readRunRecord } from '../../run-folder/run-record';
import { formatText } from '../../shared/localizable-text';
import type { Engine } from '../engine';
import { EngineError } from '../engine-error';
import { loadNativeRuntime } from '../onnx/native-runtime';
import type { OrtRuntime } from '../onnx/session-values';
import { deviceFailure, isDeviceTrouble } from './device-failure';
import { DeviceMemory } from './device-memory';
import { WebGpuEngine } from './webgpu-engine';

it.each([
  ['Dawn: Device is lost. Reason: Unknown', 'stopped working during the program step', 'update the driver'],
  [
    'DXGI_ERROR_DEVICE_REMOVED: the GPU device removed',
    'stopped working',
    'Resume the run from its last checkpoint',
  ],
  [
    'vkAllocateMemory failed with VK_ERROR_OUT_OF_DEVICE_MEMORY',
    'memory of the graphics card',
    'data.batchSize',
  ],
  ['[Invalid Buffer (unlabeled)] is invalid due to a previous error.', 'memory of the', 'data.batchSize'],
  ['Out of memory', 'memory of the graphics card', 'data.batchSize'],
  ['shader compilation failed', 'The graphics card failed in the program step', 'update the driver'],
])('%s', (reason, message, remedy) => {
  const failure = deviceFailure('step', new Error(reason));
  expect(failure.message).toContain(message);
  expect(failure.message).toContain(reason);
  expect(failure.remedy).toContain(remedy);
});

it('blames the device for its own failures alone', () => {
  expect(isDeviceTrouble(new Error('Device lost'))).toBe(true);
  expect(isDeviceTrouble(new Error('graph nodes that are assigned to the default CPU EP'))).toBe(false);
});

/** The engine on sessions that compute on the processor, until all of them fail as those of a lost device do. */
async function breakableDevice() {
  const ort = await loadNativeRuntime();
  const sessions: InferenceSession[] = [];
  const runtime: OrtRuntime = {
    Tensor: ort.Tensor,
    InferenceSession: {
      async create(model) {
        const session = await ort.InferenceSession.create(model, {
          intraOpNumThreads: 1,
          logSeverityLevel: 3,
        });
        sessions.push(session);
        return session;
      },
    },
  };
  const info = { name: 'onnx-webgpu', version: 'onnxruntime-node 1', threads: 1, adapter: 'fake' };
  const onDisposed = vi.fn();
  const engine = new WebGpuEngine(runtime, new DeviceMemory(runtime), info, onDisposed);
  const lose = (): void => {
    for (const session of sessions) {
      const released = session.release.bind(session);
      onTestFinished(() => released());
      vi.spyOn(session, 'run').mockRejectedValue(new Error('Device is lost. Reason: Unknown'));
      vi.spyOn(session, 'release').mockRejectedValue(new Error('Device is lost'));
    }
  };
  /** Leaves the sessions that copy single values. */
  const fillMemory = (): void => {
    for (const session of sessions)
      if (session.inputNames.length > 1)
        vi.spyOn(session, 'run').mockRejectedValue(new Error('[Invalid Buffer] is invalid'));
  };
  return { engine, lose, fillMemory, onDisposed };
}

const config = configOf({ ...points, length: { steps: 10 } });
const settings = { totalSteps: 10, checkpointEvery: 4, sampleEvery: 10 };

/** Trains until the device fails after step 6, and closes it. */
async function failedRun(engine: Engine, fail: () => void) {
  const warnings: string[] = [];
  const runs = await temporaryFolder();
  const failure: unknown = await trainNew(runs, {
    task: taskOf(config),
    engine,
    examples: linePoints(10),
    settings,
    observer: {
      onProgress: ({ step }) => {
        if (step === 6) fail();
      },
      onWarning: (warning) => void warnings.push(formatText(warning)),
    },
  }).catch((error: unknown) => error);
  // The failure is what is told, not what else fails while the device is closed.
  await engine.dispose();
  const folder = `${runs}/00001-line-points`;
  return { failure, folder, warnings, record: await readRunRecord(folder) };
}

it('fails a run whose device is lost, with the reason, and leaves its last checkpoint', async () => {
  const { engine, lose, onDisposed } = await breakableDevice();
  const { failure, folder, warnings, record } = await failedRun(engine, lose);
  expect(failure).toBeInstanceOf(EngineError);
  expect(onDisposed).toHaveBeenCalledTimes(1);
  expect(record).toMatchObject({
    status: 'failed',
    failure: {
      step: 6,
      message: 'The graphics card stopped working during the program step: Device is lost. Reason: Unknown',
      remedy: expect.stringContaining('Resume the run from its last checkpoint.'),
    },
  });
  expect(warnings).toEqual([expect.stringContaining('Keeping the last good state failed as well: ')]);
  expect(await checkpointSteps(folder)).toEqual([4]);

  const again = await breakableDevice();
  const job = { task: taskOf(config), engine: again.engine, examples: linePoints(10), settings };
  const end = await resume(folder, job);
  await again.engine.dispose();
  expect(end).toEqual({ status: 'completed', step: 10 });
  expect(await loggedSteps(folder)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
});

it('keeps the last step of a run for which the memory is not sufficient any longer', async () => {
  const { engine, fillMemory } = await breakableDevice();
  const { folder, record } = await failedRun(engine, fillMemory);
  expect(record).toMatchObject({
    status: 'failed',
    failure: {
      step: 6,
      message: expect.stringContaining('The memory of the graphics card is not sufficient'),
      remedy: expect.stringContaining('Decrease "data.batchSize"'),
    },
  });
  expect(await checkpointSteps(folder)).toEqual([4, 6]);
});
