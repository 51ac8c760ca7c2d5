/**
 * Loads the native ONNX Runtime, which from version 1.30 on identifies the machine and sends events to its vendor unless
 * it is told not to.
 */

/** Read once, when the first session is made. A thread must share its environment with the process for that. */
const WITHOUT_TELEMETRY = { ORT_DISABLE_TELEMETRY: '1' };

export async function loadNativeRuntime(): Promise<typeof import('onnxruntime-node')> {
  Object.assign(process.env, WITHOUT_TELEMETRY);
  return await import('onnxruntime-node');
}
