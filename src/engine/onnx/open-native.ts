/** Opens ONNX Runtime as a native library. */
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import type { Engine } from '../engine';
import { EngineError } from '../engine-error';
import { onnxLowering } from './lowering';
import { onnx } from './native';
import { loadNativeRuntime } from './native-runtime';
import { OnnxEngine, type OnnxEngineOptions } from './onnx-engine';

/** Throws `EngineError` if the platform's native library is missing or fails to load. */
export async function openNativeEngine(
  threads: number,
  options: Omit<OnnxEngineOptions, 'lowering'> = {},
): Promise<Engine> {
  try {
    const ort = await loadNativeRuntime();
    return new OnnxEngine(
      ort,
      {
        name: onnx.name,
        version: `${onnx.runtimePackage} ${ort.env.versions.node ?? ort.env.versions.common}`,
        threads,
      },
      { lowering: onnxLowering, ...options },
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
