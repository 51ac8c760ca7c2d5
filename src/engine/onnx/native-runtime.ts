/**
 * Loads the native ONNX Runtime with telemetry disabled: from version 1.30 on, it identifies the machine and sends
 * events to its vendor by default.
 */

/** Read once, when the first session is created. A worker thread must share the process's environment for this. */
const WITHOUT_TELEMETRY = { ORT_DISABLE_TELEMETRY: '1' };

export async function loadNativeRuntime(): Promise<typeof import('onnxruntime-node')> {
  Object.assign(process.env, WITHOUT_TELEMETRY);
  return await import('onnxruntime-node');
}
