/**
 * Tries a library in a process of its own, since one that is broken, or made for another machine, can end the process
 * that loads it.
 */
import { createRequire } from 'node:module';
import { describeError } from '../../shared/errors';
import { NodeProcessError, runNode } from '../../shared/node-process';
import type { FoundLibrary } from './find-library';

/** Loads the libraries, and opens a session, which initialises the devices. */
const SCRIPT = `
const [koffiPath, ...paths] = process.argv.slice(1);
const koffi = require(koffiPath);
const library = paths.map((path) => koffi.load(path)).at(-1);
const call = (definition, ...values) => library.func(definition)(...values);
const status = call('void *TF_NewStatus()');
const options = call('void *TF_NewSessionOptions()');
call('void *TF_NewSession(void *graph, void *options, void *status)', call('void *TF_NewGraph()'), options, status);
if (call('int TF_GetCode(void *status)', status) !== 0) throw new Error(call('const char *TF_Message(void *status)', status));
// Without unloading the library, whose threads are running.
process.reallyExit(0);
`;

/** A graphics card may take this long on its first use. */
const TIMEOUT_MS = 120_000;

/** Returns why a library cannot be used, or undefined if it can. */
export async function problemOfLibrary({ path, dependencies }: FoundLibrary): Promise<string | undefined> {
  const koffi = createRequire(import.meta.url).resolve('koffi');
  try {
    await runNode(['-e', SCRIPT, koffi, ...dependencies, path], { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return undefined;
  } catch (error) {
    return error instanceof NodeProcessError ? reasonOf(error) : describeError(error);
  }
}

/** The message of the error that ended the process, which Node.js prints in a line of its own. */
function reasonOf({ stderr, status, message }: NodeProcessError): string {
  const thrown = /^\w*Error: (.*)$/m.exec(stderr)?.[1];
  if (thrown !== undefined) return thrown;
  return status === undefined
    ? 'it crashes the process that loads it'
    : (stderr.trim().split('\n').at(-1) ?? message);
}
