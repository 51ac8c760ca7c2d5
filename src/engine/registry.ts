/** All engines that a config can name, in the order in which `auto` tries them. */
import { onnx } from './onnx/native';
import { onnxWasm } from './onnx/wasm';
import { tensorFlow } from './tensorflow/tensorflow';
import { onnxWebGpu } from './webgpu/webgpu';

export const engines = [onnx, onnxWebGpu, tensorFlow, onnxWasm] as const;

export type EngineName = (typeof engines)[number]['name'];
