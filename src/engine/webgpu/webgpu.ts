/** The engine `onnx-webgpu`: ONNX Runtime on a graphics card, through Vulkan, Direct3D 12 or Metal. */
import { defineEngine } from '../definition';
import { graphicsCard } from './graphics-card';

export const onnxWebGpu = defineEngine({
  name: 'onnx-webgpu',
  title: 'ONNX Runtime, WebGPU on a graphics card',
  description: 'ONNX Runtime on a graphics card (experimental): needs only the driver of the card.',
  runtimePackage: 'onnxruntime-node',
  maxThreads: 1,
  isLastResort: false,
  isExplicitOnly: false,
  device: graphicsCard,
  open: async () => (await import('./open-webgpu')).openWebGpuEngine(),
});
