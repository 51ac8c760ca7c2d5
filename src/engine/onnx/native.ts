/** The engine `onnx`: ONNX Runtime as a native library, on the CPU. */
import { defineEngine } from '../definition';

export const onnx = defineEngine({
  name: 'onnx',
  title: 'ONNX Runtime, native, CPU',
  description: 'ONNX Runtime, native.',
  runtimePackage: 'onnxruntime-node',
  maxThreads: Number.POSITIVE_INFINITY,
  isLastResort: false,
  isExplicitOnly: false,
  // The compiler is not loaded where only the definition is needed, such as in the schema.
  open: async (threads) => (await import('./open-native')).openNativeEngine(threads),
});
