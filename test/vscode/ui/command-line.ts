/** Runs created by the command line, which the editor shows like its own. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Returns the arguments for `node` to train an experiment of a folder with the built command. */
export function trainArguments(
  steps: number,
  experiment = 'toy-ring',
  overrides: readonly string[] = ['logging.sampleEvery=50', 'logging.checkpointEvery=100'],
): string[] {
  return [
    resolve('dist/gan.cjs'),
    'train',
    `${experiment}.gan.json`,
    ...['--steps', String(steps)],
    ...overrides.flatMap((override) => ['--set', override]),
  ];
}

/** Trains to the end; on failure throws an error with the output of the command. */
export function train(folder: string, ...args: Parameters<typeof trainArguments>): void {
  execFileSync(process.execPath, trainArguments(...args), { cwd: folder, stdio: 'pipe' });
}
