/** Opens the TensorFlow library that is installed, or says why that is not possible and how to install one. */
import { homedir } from 'node:os';
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { LIBRARY_VARIABLE } from '../../shared/tensorflow-search';
import type { Engine } from '../engine';
import { EngineError } from '../engine-error';
import { type FoundLibrary, installedLibraries, namedLibrary, type SearchContext } from './find-library';
import { problemOfLibrary } from './probe';

/** What the library reads from the environment when it is loaded; values that a person set are kept. */
const ENVIRONMENT = {
  // The same bytes for the same values, so that a resumed run is exact.
  TF_DETERMINISTIC_OPS: '1',
  // Otherwise the first session of a process determines the threads of all.
  TF_OVERRIDE_GLOBAL_THREADPOOL: '1',
  // Errors only.
  TF_CPP_MIN_LOG_LEVEL: '2',
};

/** Throws `EngineError` if there is no library, or none that works. */
export async function openTensorFlowEngine(threads: number): Promise<Engine> {
  const { loadedLibrary, openLibrary } = await import('./open-library').catch((error: unknown) => {
    throw new EngineError(
      localizable(
        'TensorFlow cannot be used in this package for {0}: {1}',
        `${process.platform}-${process.arch}`,
        describeError(error),
      ),
      localizable('Use the engine "onnx".'),
      { cause: error },
    );
  });
  const library = await workingLibrary(loadedLibrary());
  for (const [name, value] of Object.entries(ENVIRONMENT)) process.env[name] ??= value;
  return openLibrary(library, threads);
}

/** Throws `EngineError` if there is none, or if this process has another one. */
async function workingLibrary(loaded: string | undefined): Promise<FoundLibrary> {
  const context: SearchContext = {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    currentFolder: process.cwd(),
  };
  if (loaded === undefined) return await firstThatWorks(context);
  const named = namedLibrary(context)?.found;
  if (named !== undefined && named.path !== loaded)
    throw new EngineError(
      localizable('The TensorFlow library {0} is already in use in this process.', loaded),
      localizable('Reload the window to use another one.'),
    );
  return { path: loaded, dependencies: [] };
}

/** Throws `EngineError` if none works. */
export async function firstThatWorks(context: SearchContext): Promise<FoundLibrary> {
  const named = namedLibrary(context);
  if (named !== undefined && named.found === undefined)
    throw new EngineError(
      localizable('There is no TensorFlow library at {0}.', named.given),
      localizable(
        'Set "gan.engines.tensorflowLibrary" (or the variable {0}) to the library or its folder, or remove it.',
        LIBRARY_VARIABLE,
      ),
    );
  const candidates = named?.found === undefined ? installedLibraries(context) : [named.found];
  const problems: string[] = [];
  for (const candidate of candidates) {
    const problem = await problemOfLibrary(candidate);
    if (problem === undefined) return candidate;
    problems.push(`${candidate.path}: ${problem}`);
  }
  if (problems.length > 0)
    throw new EngineError(
      localizable('The TensorFlow library cannot be used: {0}.', problems.join('; ')),
      localizable('Install another version of TensorFlow, or use the engine "onnx".'),
    );
  throw new EngineError(
    localizable('TensorFlow is not installed.'),
    // The Python package for Windows has no C library.
    context.platform === 'win32'
      ? localizable('Run "npm install @tensorflow/tfjs-node-gpu", or use the engine "onnx".')
      : localizable(
          'Run "pip install tensorflow" or "npm install @tensorflow/tfjs-node-gpu", or use the engine "onnx".',
        ),
  );
}
