/**
 * Starts scripts in Node.js from wherever we run. The executable of an extension host may be the editor itself, which is
 * Node.js where its environment says so.
 */
import {
  type ChildProcess,
  type ExecFileException,
  execFile,
  type ForkOptions,
  fork,
  spawn,
} from 'node:child_process';
import type { Readable } from 'node:stream';
import { threadPoolSize } from './thread-pool';

function nodeEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
}

/** A process that is talked to by messages. Its output comes as text by `onOutput`. */
export function forkNode(
  script: string,
  onOutput: (text: string) => void,
  { serialization }: Pick<ForkOptions, 'serialization'> = {},
): ChildProcess {
  const child = fork(script, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // The inspector of the extension host has its port already.
    execArgv: [],
    ...(serialization === undefined ? {} : { serialization }),
    env: { ...nodeEnvironment(), UV_THREADPOOL_SIZE: threadPoolSize() },
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
  return child;
}

/** A process whose output is read while it runs. */
export function spawnNode(
  args: readonly string[],
): ChildProcess & { readonly stdout: Readable; readonly stderr: Readable } {
  return spawn(process.execPath, args, { env: nodeEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The process could not be started, or failed. */
export class NodeProcessError extends Error {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit status; undefined where there was none. */
  readonly status: number | undefined;

  constructor(cause: ExecFileException, stdout: string, stderr: string) {
    super(cause.message, { cause });
    this.stdout = stdout;
    this.stderr = stderr;
    this.status = typeof cause.code === 'number' ? cause.code : undefined;
  }
}

/** Standard output of a process that has succeeded. Throws `NodeProcessError`. */
export async function runNode(
  args: readonly string[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<string> {
  const options = { env: nodeEnvironment(), ...(signal === undefined ? {} : { signal }) };
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new NodeProcessError(error, stdout, stderr));
    });
  });
}
