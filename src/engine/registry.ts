/** All engines that a config can name, in the order in which `auto` tries them. */
import { onnx } from './onnx/native';
import { onnxWasm } from './onnx/wasm';
import { onnxWebGpu } from './webgpu/webgpu';

export const engines = [onnx, onnxWebGpu, onnxWasm] as const;

export type EngineName = (typeof engines)[number]['name'];
