/** Runs made by the command line, which the editor shows as its own. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** What `node` is given to train an experiment of a folder with the built command. */
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

/** Trains to the end; throws with what the command said where it fails. */
export function train(folder: string, ...args: Parameters<typeof trainArguments>): void {
  execFileSync(process.execPath, trainArguments(...args), { cwd: folder, stdio: 'pipe' });
}
