/**
 * The result of a suite in the extension host. When an extension host crashes, VS Code still exits with 0; only this
 * file proves that the tests ran to completion.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Environment variable with the path of the file. */
export const RESULT_VARIABLE = 'GAN_WORKBENCH_TEST_RESULT';

export interface SuiteResult {
  readonly passes: number;
  readonly failures: number;
}

export function writeResult(result: SuiteResult): void {
  const file = process.env[RESULT_VARIABLE];
  if (file === undefined) throw new Error(`${RESULT_VARIABLE} does not name the file for the result.`);
  writeFileSync(file, JSON.stringify(result));
}

/** Returns why a run with its result in `file` failed, or undefined if it passed. */
export function whyFailed(file: string, exitCode: number): string | undefined {
  if (!existsSync(file)) return `no result was written (exit code ${exitCode}): the extension host died`;
  const result: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof result !== 'object' || result === null || !('passes' in result) || !('failures' in result)) {
    return `${file} holds no result`;
  }
  if (result.failures !== 0) return `${result.failures} failed`;
  if (typeof result.passes !== 'number' || result.passes === 0) return 'no test ran';
  return exitCode === 0 ? undefined : `exit code ${exitCode}`;
}
