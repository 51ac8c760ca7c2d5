/** Loads a TensorFlow library into the process for good, and opens a session. */
import koffi from 'koffi';
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import type { Engine } from '../engine';
import { EngineError } from '../engine-error';
import { bindTensorFlow, type TensorFlowApi } from './c-api';
import type { FoundLibrary } from './find-library';
import { Session } from './session';
import { tensorFlow } from './tensorflow';
import { TensorFlowEngine } from './tensorflow-engine';

/** Names the process and the library in it, for all threads of the process. */
const LOADED_VARIABLE = 'GAN_WORKBENCH_TENSORFLOW_LOADED';

let bound: TensorFlowApi | undefined;

/** The library that a thread of this process has loaded, which stays there. */
export function loadedLibrary(): string | undefined {
  const [pid, ...path] = (process.env[LOADED_VARIABLE] ?? '').split(' ');
  return pid === String(process.pid) ? path.join(' ') : undefined;
}

/** Throws `EngineError` if the library cannot be loaded or opens no session. */
export function openLibrary(library: FoundLibrary, threads: number): Engine {
  try {
    bound ??= load(library);
    const api = bound;
    const session = new Session(api, threads);
    const adapter = session.deviceTypes().includes('GPU') ? 'GPU' : 'CPU';
    return new TensorFlowEngine(session, {
      name: tensorFlow.name,
      version: `${tensorFlow.library} ${api.version()}`,
      adapter,
      threads,
    });
  } catch (error) {
    throw new EngineError(
      localizable('The TensorFlow library {0} cannot be used: {1}.', library.path, describeError(error)),
      localizable('Install another version of TensorFlow, or use the engine "onnx".'),
      { cause: error },
    );
  }
}

function load({ path, dependencies }: FoundLibrary): TensorFlowApi {
  for (const dependency of dependencies) koffi.load(dependency);
  const library = koffi.load(path);
  keepLoaded(path);
  process.env[LOADED_VARIABLE] = `${process.pid} ${path}`;
  return bindTensorFlow(library);
}

/** Lazy binding, which suffices for a library that is loaded already. */
const RTLD_LAZY = 1;

/** koffi unloads its libraries when a thread ends; this one has threads of its own, which would run into nothing. */
function keepLoaded(path: string): void {
  if (process.platform === 'win32') {
    koffi.load('kernel32.dll').func('void *__stdcall LoadLibraryW(const char16_t *path)')(path);
    return;
  }
  koffi.load(null).func('void *dlopen(const char *path, int flags)')(path, RTLD_LAZY);
}
