/** Opens ONNX Runtime in WebAssembly. */
import type { Engine } from '../engine';
import { onnxLowering } from './lowering';
import { OnnxEngine } from './onnx-engine';
import { onnxWasm } from './wasm';

export async function openWasmEngine(threads: number): Promise<Engine> {
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
