/**
 * Starts scripts in Node.js from any host. The executable of an extension host may be the editor itself, which acts as
 * Node.js if its environment says so.
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

/** A child process with an IPC channel. Its output is passed to `onOutput` as text. */
export function forkNode(
  script: string,
  onOutput: (text: string) => void,
  { serialization }: Pick<ForkOptions, 'serialization'> = {},
): ChildProcess {
  const child = fork(script, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // The extension host's inspector already occupies its port.
    execArgv: [],
    ...(serialization === undefined ? {} : { serialization }),
    env: { ...nodeEnvironment(), UV_THREADPOOL_SIZE: threadPoolSize() },
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
  return child;
}

/** A child process whose output is streamed. */
export function spawnNode(
  args: readonly string[],
): ChildProcess & { readonly stdout: Readable; readonly stderr: Readable } {
  return spawn(process.execPath, args, { env: nodeEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The process could not be started, or failed. */
export class NodeProcessError extends Error {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit status; undefined if there was none. */
  readonly status: number | undefined;

  constructor(cause: ExecFileException, stdout: string, stderr: string) {
    super(cause.message, { cause });
    this.stdout = stdout;
    this.stderr = stderr;
    this.status = typeof cause.code === 'number' ? cause.code : undefined;
  }
}

/** Standard output of a process that exited successfully. Throws `NodeProcessError`. */
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
