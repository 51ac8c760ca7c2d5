/** Runs Python as a person would, and returns what it prints. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Without the variables that TensorFlow's library reads: the engine `tensorflow` sets them in this process, and Python's
 * random operations refuse to run without a seed where determinism is asked for.
 */
export async function runPython(python: string, args: readonly string[], cwd?: string): Promise<string> {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('TF_'));
  const env = { ...Object.fromEntries(others), TF_CPP_MIN_LOG_LEVEL: '3' };
  const options = { env, maxBuffer: 1 << 27, ...(cwd === undefined ? {} : { cwd }) };
  return (await promisify(execFile)(python, args, options)).stdout;
}
