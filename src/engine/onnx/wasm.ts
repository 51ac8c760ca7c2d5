/** The engine `onnx-wasm`: ONNX Runtime in WebAssembly, with one thread, which works wherever Node.js does. */
import { defineEngine } from '../definition';
import type { Engine } from '../engine';
import { onnxLowering } from './lowering';
import { OnnxEngine } from './onnx-engine';

export const onnxWasm = defineEngine({
  name: 'onnx-wasm',
  title: 'ONNX Runtime, WebAssembly, one thread',
  description: 'ONNX Runtime in WebAssembly: slower, runs everywhere.',
  runtimePackage: 'onnxruntime-web',
  maxThreads: 1,
  isLastResort: true,
  open: (threads) => openWasmEngine(threads),
});

async function openWasmEngine(threads: number): Promise<Engine> {
  const ort = await import('onnxruntime-web');
  ort.env.wasm.numThreads = threads;
  return new OnnxEngine(
    ort,
    {
      name: onnxWasm.name,
      version: `${onnxWasm.runtimePackage} ${ort.env.versions.web ?? ort.env.versions.common}`,
      threads,
    },
    { lowering: onnxLowering },
  );
}
