/**
 * Stands in for the `code` executable: `runTests({ vscodeExecutablePath: 'dist/test/launcher.mjs' })` of
 * @vscode/test-electron starts it with VS Code's own arguments, and it runs the suite in code-server instead.
 */
import { parseArgs } from 'node:util';
import { runInHost } from './in-host';
import { installHost } from './install';
import { RESULT_VARIABLE } from './result';
import { chosenHost } from './versions';

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
  },
});
const { extensionDevelopmentPath, extensionTestsPath } = values;
const resultFile = process.env[RESULT_VARIABLE];
if (typeof extensionDevelopmentPath !== 'string' || typeof extensionTestsPath !== 'string') {
  throw new Error(
    'Usage: launcher --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [WORKSPACE FOLDER]',
  );
}
if (resultFile === undefined)
  throw new Error(`${RESULT_VARIABLE} must name the file for the suite's result.`);

const failure = await runInHost(installHost(chosenHost()), {
  workspaceFolder: positionals[0],
  extensionDevelopmentPath,
  extensionTestsPath,
  resultFile,
});
if (failure !== undefined) console.error(`The suite failed: ${failure}.`);
process.exit(failure === undefined ? 0 : 1);
