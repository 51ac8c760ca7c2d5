/**
 * Runs the suite in a real VS Code against the packaged extension: in the desktop build named by `VSCODE_EXECUTABLE`,
 * else on Linux in code-server through the launcher, else in one that @vscode/test-electron downloads.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { unpackVsix } from '../../scripts/unpack-vsix.mjs';
import { RESULT_VARIABLE, whyFailed } from './result';
import { packagedExtension } from './vsix';

const launcher = fileURLToPath(new URL('launcher.mjs', import.meta.url));
const executable = process.env.VSCODE_EXECUTABLE ?? (process.platform === 'linux' ? launcher : undefined);

const folder = mkdtempSync(join(tmpdir(), 'gan-suite-'));
try {
  const workspace = join(folder, 'workspace');
  const resultFile = join(folder, 'result.json');
  mkdirSync(workspace);
  const exitCode = await runTests({
    ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: unpackVsix(packagedExtension(), folder),
    extensionTestsPath: fileURLToPath(new URL('suite/index', import.meta.url)),
    extensionTestsEnv: { [RESULT_VARIABLE]: resultFile },
    launchArgs: [workspace],
  });
  const failure = whyFailed(resultFile, exitCode);
  if (failure !== undefined) throw new Error(`The suite failed: ${failure}.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
