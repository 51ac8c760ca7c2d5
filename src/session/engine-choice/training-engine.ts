/** Opens the engine that trains a run: the one that its config names, or the fastest for its network. */
import { availableParallelism, cpus } from 'node:os';
import type { ExperimentConfig } from '../../config/schema';
import type { EngineDefinition } from '../../engine/definition';
import type { Engine, EngineInfo } from '../../engine/engine';
import { EngineError } from '../../engine/engine-error';
import { openEngine } from '../../engine/open-engine';
import { type EngineName, engines } from '../../engine/registry';
import { DeviceInUseError } from '../../engine/webgpu/device-claim';
import { causeOf } from '../../shared/errors';
import type { DataShape } from '../../shared/example-shape';
import { type LocalizableText, localizable, verbatim } from '../../shared/localizable-text';
import { packageVersion } from '../../shared/package-root';
import type { RunRecord } from '../../shared/run-format';
import type { ComparedNetwork } from '../../shared/step-time-protocol';
import type { TrainingTask } from '../../training/task';
import { checkMemory, MemoryError, type SizedTask } from '../memory-check';
import { type Choice, chooseEngine, passedOver } from './choose-engine';
import { compareInProcess } from './compare-in-process';
import { recallComparison, rememberComparison } from './comparison-file';
import type { OpenedEngine } from './opened-engine';
import { reopenEngine } from './recorded-engine';

export interface TrainedNetwork {
  readonly config: ExperimentConfig;
  readonly data: DataShape;
  readonly task: SizedTask & Pick<TrainingTask, 'batchSize' | 'batchesPerStep'>;
  readonly modules: ComparedNetwork['modules'];
}

export interface TrainingEngineOptions {
  /** Of the run that is resumed. */
  readonly recorded?: RunRecord['engine'] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before what may take long. */
  readonly onRemark?: ((remark: LocalizableText) => void) | undefined;
}

/**
 * A step whose intermediate values take less is over on the processor before a device would have started all its
 * kernels.
 */
const SMALL_BYTES = 8e6;

/**
 * Throws `EngineError` if the engine does not work here, `MemoryError` if the network does not fit, and
 * `ImportCancelledError` if aborted.
 */
export async function openTrainingEngine(
  network: TrainedNetwork,
  options: TrainingEngineOptions = {},
): Promise<OpenedEngine> {
  const { recorded } = options;
  const { name } = network.config.engine;
  const open = async (choice: EngineName | 'auto'): Promise<Engine> =>
    (await openChecked(choice, network)).engine;
  if (recorded !== undefined) return await reopenEngine(recorded, name, open);
  return name === 'auto' ? await openFastest(network, options) : { engine: await open(name) };
}

interface CheckedEngine {
  readonly engine: Engine;
  /** See `checkMemory`. */
  readonly peaks: readonly number[];
}

async function openChecked(
  choice: EngineName | 'auto',
  { config, task }: TrainedNetwork,
): Promise<CheckedEngine> {
  const engine = await openEngine(choice, config.engine.threads);
  try {
    return { engine, peaks: checkMemory(task, engine) };
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}

async function openFastest(network: TrainedNetwork, options: TrainingEngineOptions): Promise<OpenedEngine> {
  const checked = await openChecked('auto', network);
  const processor = checked.engine;
  const device = engines.find((engine) => engine.device?.mayBePresent() === true);
  if (device === undefined) return { engine: processor };
  try {
    const { takesDevice, remark } = await choose(network, checked, device, options);
    const remarks = [remark];
    if (!takesDevice) return { engine: processor, remarks };
    const { engine } = await openChecked(device.name, network);
    await processor.dispose();
    return { engine, remarks };
  } catch (error) {
    const failsOnDevice = error instanceof EngineError || error instanceof MemoryError;
    if (failsOnDevice && !needsProcess(error)) {
      const remark = passedOver(processor.info.name, device.name, verbatim(causeOf(error)));
      return { engine: processor, remarks: [remark] };
    }
    await processor.dispose();
    throw error;
  }
}

async function choose(
  network: TrainedNetwork,
  { engine, peaks }: CheckedEngine,
  definition: EngineDefinition<EngineName>,
  { signal, onRemark }: TrainingEngineOptions,
): Promise<Choice> {
  const [processor, device] = [engine.info.name, definition.name];
  const key = keyOf(network, peaks, engine.info, definition);
  return await chooseEngine({
    processor,
    device,
    isSmall: Math.max(...peaks) < SMALL_BYTES,
    nowMs: Date.now(),
    recall: (nowMs) => recallComparison(key, nowMs),
    remember: (remembered) => rememberComparison(key, remembered),
    compare: () => {
      const { config, data, modules } = network;
      onRemark?.(localizable('Comparing the engines {0} and {1} on this network…', processor, device));
      return compareInProcess({ config, data, modules, processor, device }, { signal });
    },
  });
}

/** Everything that the speed of the engines depends on: machine, driver, versions, and the shape of the network. */
function keyOf(
  { task }: TrainedNetwork,
  peaks: readonly number[],
  processor: EngineInfo,
  { name, device }: EngineDefinition,
): string {
  const { leaves, batchSize, batchesPerStep } = task;
  return JSON.stringify([
    [process.platform, process.arch, cpus()[0]?.model, availableParallelism()],
    [packageVersion(), processor, name, device?.identity()],
    [batchSize, batchesPerStep, Object.entries(leaves), peaks],
    task.trainingPrograms().map((program) => [program.name, program.inputs]),
  ]);
}

/** Whether training failed to start only because another thread of this process uses the device. */
export function needsProcess(error: unknown): boolean {
  return error instanceof DeviceInUseError;
}
