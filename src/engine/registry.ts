/** All engines that a config can name; `auto` tries those that need no device in this order. */
import { onnx } from './onnx/native';
import { onnxWasm } from './onnx/wasm';
import { tensorFlow } from './tensorflow/tensorflow';
import { onnxWebGpu } from './webgpu/webgpu';

export const engines = [onnx, onnxWebGpu, tensorFlow, onnxWasm] as const;

export type EngineName = (typeof engines)[number]['name'];

/** Undefined if there is no engine of this name, as in a run of another version. */
export function engineNameOf(name: string): EngineName | undefined {
  return engines.find((engine) => engine.name === name)?.name;
}
