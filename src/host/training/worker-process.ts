/** Training in a child process, so that even a native crash ends only that training. */
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { WorkbenchError } from '../../shared/errors';
import { localizable, verbatim } from '../../shared/localizable-text';
import { forkNode } from '../../shared/node-process';
import type { Envelope, FromWorker, ToWorker } from '../../shared/worker-protocol';
import type { TrainingWorker } from './training-job';

/** Length of the kept tail of the output; enough for the reason of a crash. */
const KEPT_CHARACTERS = 8_192;
/** Matches the line with the reason as V8, the C++ runtime and an uncaught error print it. */
const REASON = /^(?:FATAL ERROR|terminate called|\w*Error)\b.*/gm;

interface WorkerEvents {
  message: [Envelope<FromWorker>];
  error: [unknown];
  exit: [number | null];
}

class WorkerProcess extends EventEmitter<WorkerEvents> implements TrainingWorker {
  readonly isolation = 'process';
  readonly #child: ChildProcess;
  #output = '';

  constructor(workerFile: string, onOutput: (text: string) => void) {
    super();
    const keepOutput = (text: string): void => {
      this.#output = (this.#output + text).slice(-KEPT_CHARACTERS);
      onOutput(text);
    };
    // JSON has no arrays of numbers that are not text.
    this.#child = forkNode(workerFile, keepOutput, { serialization: 'advanced' });
    this.#child.on('message', (message: Envelope<FromWorker>) => this.emit('message', message));
    this.#child.on('error', (error) => this.emit('error', error));
    // Unlike `exit`, `close` is emitted after the last output.
    this.#child.on('close', (code, signal) => this.#close(code, signal));
  }

  /** Dropped if the process is gone, which is reported by `exit`. */
  postMessage(message: Envelope<ToWorker>): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #close(code: number | null, signal: NodeJS.Signals | null): void {
    const complaint = this.#output.match(REASON)?.at(-1);
    const how =
      signal === null
        ? localizable('it ended with code {0}', code ?? '')
        : localizable('it was ended by {0}', signal);
    const why = complaint === undefined ? how : verbatim(how, ' (', complaint.trim(), ')');
    if (code !== 0) this.emit('error', new WorkbenchError(why, ''));
    this.emit('exit', code);
  }
}

/** `onOutput` receives output outside the protocol as it arrives. */
export function openWorkerProcess(workerFile: string, onOutput: (text: string) => void): TrainingWorker {
  return new WorkerProcess(workerFile, onOutput);
}
