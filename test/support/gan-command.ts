/** Runs the built `gan` command, for tests of what people see on the command line. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { packageRoot } from '../../src/shared/package-root';

export const GAN = join(packageRoot(), 'dist', 'gan.cjs');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Called with a line of standard output, and a function that signals the process. */
export type OnLine = (line: string, kill: (signal: NodeJS.Signals) => void) => void;

export interface GanRun {
  /** Working directory. */
  readonly folder: string;
  readonly onLine?: OnLine;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Throws if the command has not been built. */
export function requireGan(): void {
  if (!existsSync(GAN)) throw new Error('dist/gan.cjs is missing: run `npm run build` first');
}

export function runGan(
  args: readonly string[],
  { folder, onLine, environment = process.env }: GanRun,
): Promise<Ended> {
  const child = spawn(process.execPath, [GAN, ...args], {
    cwd: folder,
    // Texts are compared in English, unless a test asks for another language.
    env: { ...environment, LC_ALL: environment.LC_ALL ?? 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let seen = 0;
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
    const lines = stdout.split('\n');
    for (; seen < lines.length - 1; seen++) onLine?.(lines[seen] ?? '', (signal) => void child.kill(signal));
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  return new Promise((resolve) => {
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}

const line = z.looseObject({ type: z.string().optional() });

/** The objects that a command printed with `--json`. */
export const objects = (text: string) =>
  text
    .split('\n')
    .filter((part) => part !== '')
    .map((part) => line.parse(JSON.parse(part)));
