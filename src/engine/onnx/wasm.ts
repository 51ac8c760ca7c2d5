/** The engine `onnx-wasm`: ONNX Runtime in WebAssembly, with one thread, which works wherever Node.js does. */
import { defineEngine } from '../definition';

export const onnxWasm = defineEngine({
  name: 'onnx-wasm',
  title: 'ONNX Runtime, WebAssembly, one thread',
  description: 'ONNX Runtime in WebAssembly: slower, runs everywhere.',
  runtimePackage: 'onnxruntime-web',
  maxThreads: 1,
  isLastResort: true,
  isExplicitOnly: false,
  open: async (threads) => (await import('./open-wasm')).openWasmEngine(threads),
});
