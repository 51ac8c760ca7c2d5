/** Options of every session on the graphics device. */
import type { InferenceSession } from 'onnxruntime-common';

/** @param outputs where each output is wanted */
export function deviceOptions(
  outputs: Readonly<Record<string, 'gpu-buffer' | 'cpu'>>,
): InferenceSession.SessionOptions {
  return {
    executionProviders: ['webgpu'],
    preferredOutputLocation: outputs,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    // A node that the device cannot compute would be computed on the CPU, with copies of whole activations.
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  };
}
