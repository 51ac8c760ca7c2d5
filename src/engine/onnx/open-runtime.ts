/** ONNX Runtime for a model that is run once or twice: the native library, or WebAssembly where it cannot be loaded. */
import type { InferenceSession, TensorConstructor } from 'onnxruntime-common';
import { loadNativeRuntime } from './native-runtime';

export interface Runtime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: TensorConstructor;
}

export async function openRuntime(): Promise<Runtime> {
  try {
    return await loadNativeRuntime();
  } catch {
    return await import('onnxruntime-web');
  }
}
