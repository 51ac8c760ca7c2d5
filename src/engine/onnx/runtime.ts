/** Opens ONNX Runtime: native, or WebAssembly where the native library cannot be loaded. */

import { availableParallelism } from 'node:os';
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import type { Engine } from '../engine';
import { loadNativeRuntime } from './native-runtime';
import { EngineError, OnnxEngine } from './onnx-engine';

/** Default number of threads. */
export function defaultThreads(): number {
  return availableParallelism();
}

/** Throws `EngineError` if the platform's native library is missing or fails to load. */
export async function openNativeEngine(threads: number, profilePrefix?: string): Promise<Engine> {
  try {
    const ort = await loadNativeRuntime();
    return new OnnxEngine(
      ort,
      {
        name: 'onnx',
        version: `onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
        threads,
      },
      { fillsGivenArrays: true, ...(profilePrefix === undefined ? {} : { profilePrefix }) },
    );
  } catch (error) {
    throw new EngineError(
      localizable(
        'The native ONNX Runtime cannot be loaded on {0}: {1}',
        `${process.platform}-${process.arch}`,
        describeError(error),
      ),
      localizable(
        'Use the engine "onnx-wasm", which is slower but runs everywhere, or a supported platform.',
      ),
      { cause: error },
    );
  }
}

/** The WebAssembly runtime with one thread, which works wherever Node.js does. */
export async function openWasmEngine(): Promise<Engine> {
  const ort = await import('onnxruntime-web');
  ort.env.wasm.numThreads = 1;
  return new OnnxEngine(
    ort,
    {
      name: 'onnx-wasm',
      version: `onnxruntime-web ${ort.env.versions.web ?? ort.env.versions.common}`,
      threads: 1,
    },
    { fillsGivenArrays: false },
  );
}
