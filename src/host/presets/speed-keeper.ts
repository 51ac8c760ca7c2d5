/** Stores the training speed of this machine: the best of the measurements made while estimates were shown. */
import { availableParallelism, cpus } from 'node:os';
import type { Memento, Uri } from 'vscode';
import { describeError } from '../../shared/errors';
import { chosenCompute } from '../chosen-compute';
import { timeSteps } from '../step-timer';
import type { JobLog } from '../training/training-job';
import { type MachineSpeed, MEASURED } from './machine-speed';
import { readPreset } from './preset-file';
import { allPresets } from './presets';

const STORED = 'gan.machineSpeed';

/** A stored speed is valid for the same processor, number of cores, and settings of threads and engine. */
function machine(): string {
  const { threads = 'auto', engine } = chosenCompute();
  return [cpus()[0]?.model, availableParallelism(), threads, ...(engine === undefined ? [] : [engine])].join(
    ' · ',
  );
}

export class SpeedKeeper {
  readonly #extensionUri: Uri;
  readonly #state: Memento;
  readonly #log: JobLog;

  constructor(extensionUri: Uri, state: Memento, log: JobLog) {
    this.#extensionUri = extensionUri;
    this.#state = state;
    this.#log = log;
  }

  /** The stored speed of this machine, if it has been measured. */
  get known(): MachineSpeed | undefined {
    const stored = this.#state.get<Partial<Record<string, MachineSpeed>>>(STORED) ?? {};
    return stored[machine()];
  }

  /** Undefined if aborted or if measuring failed. */
  async measure(signal: AbortSignal): Promise<MachineSpeed | undefined> {
    try {
      const measured = await Promise.all(
        [MEASURED.toy, MEASURED.images].map(async (name) => ({
          experiment: await this.#textOf(name),
          ...chosenCompute(),
        })),
      );
      const [toy, images] = await timeSteps(this.#extensionUri, measured, {
        signal,
        onOutput: (text) => this.#log.info(text.trimEnd()),
      });
      if (toy === undefined || images === undefined) return undefined;
      // Other load can only slow a step down, so the minimum counts.
      const before = this.known ?? { toy, images };
      const speed = { toy: Math.min(toy, before.toy), images: Math.min(images, before.images) };
      await this.#state.update(STORED, { [machine()]: speed });
      return speed;
    } catch (error) {
      if (!signal.aborted)
        this.#log.warn(`The speed of this machine was not measured: ${describeError(error)}`);
      return undefined;
    }
  }

  async #textOf(name: string): Promise<string> {
    const preset = allPresets().find((candidate) => candidate.name === name);
    if (preset === undefined) throw new RangeError(`there is no preset ${name}`);
    return await readPreset(this.#extensionUri, preset);
  }
}
