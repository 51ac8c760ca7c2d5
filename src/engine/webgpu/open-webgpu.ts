/** Opens ONNX Runtime's WebGPU provider on the graphics card, or says why that is not possible. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeError } from '../../shared/errors';
import { scalar } from '../../shared/host-tensor';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import type { Engine } from '../engine';
import { EngineError } from '../engine-error';
import { loadNativeRuntime } from '../onnx/native-runtime';
import { type Adapter, loadedAdapter, loadedLibraries } from './adapter';
import { claimDevice } from './device-claim';
import { DeviceMemory } from './device-memory';
import { allowsSoftware } from './graphics-card';
import { onnxWebGpu } from './webgpu';
import { WebGpuEngine } from './webgpu-engine';

/** Throws `EngineError` if there is no graphics card or driver, or only one that computes on the CPU. */
export async function openWebGpuEngine(): Promise<Engine> {
  const runtime = await loadNativeRuntime().catch((error: unknown) => {
    throw refusal(localizable('The native ONNX Runtime cannot be loaded: {0}', describeError(error)), error);
  });
  if (!runtime.listSupportedBackends().some(({ name }) => name === 'webgpu') || lacksCompiler())
    throw refusal(
      localizable(
        'ONNX Runtime cannot use graphics cards in this package for {0}.',
        `${process.platform}-${process.arch}`,
      ),
    );
  const release = claimDevice();
  const memory = new DeviceMemory(runtime);
  try {
    const adapter = await openAdapter(memory);
    const version = runtime.env.versions.node ?? runtime.env.versions.common;
    const info = {
      name: onnxWebGpu.name,
      version: `${onnxWebGpu.runtimePackage} ${version}`,
      threads: 1,
      adapter: adapter.name,
    };
    return new WebGpuEngine(runtime, memory, info, release);
  } catch (error) {
    await memory.close();
    release();
    throw error;
  }
}

async function openAdapter(memory: DeviceMemory): Promise<Adapter> {
  const missing = missingLoader();
  if (missing !== undefined) throw noCard(missing);
  try {
    // The first session opens the device.
    (await memory.upload(scalar(0))).dispose();
  } catch (error) {
    // The runtime puts the expression of its source that failed before the reason.
    throw noCard(describeError(error).trim().split('WebGPU adapter: ').at(-1) ?? '', error);
  }
  const adapter = loadedAdapter();
  if (adapter.isSoftware && !allowsSoftware())
    throw new EngineError(
      localizable('There is no graphics card, only {0}, which computes on the CPU.', adapter.name),
      localizable(
        'Use the engine "onnx", which is much faster on the CPU, or install the driver of the graphics card.',
      ),
    );
  return adapter;
}

function noCard(reason: string, cause?: unknown): EngineError {
  return new EngineError(
    localizable('No graphics card can be used: {0}', reason),
    localizable(
      'Install or update the driver of the graphics card (on Linux also the Vulkan loader, libvulkan1), and start again. Or use the engine "onnx".',
    ),
    { cause },
  );
}

/** Why Linux's Vulkan loader cannot be loaded; the runtime would report that on stderr alone. */
function missingLoader(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
  } catch (error) {
    // Thrown in any case: it is no addon.
    const reason = describeError(error);
    if (reason.includes('cannot open shared object')) return reason;
  }
  return undefined;
}

/** Whether the libraries are missing without which the runtime cannot compile shaders for Direct3D. */
function lacksCompiler(): boolean {
  if (process.platform !== 'win32') return false;
  const library = loadedLibraries().find((path) => basename(path).toLowerCase() === 'onnxruntime.dll');
  return (
    library === undefined ||
    ['dxcompiler.dll', 'dxil.dll'].some((name) => !existsSync(join(dirname(library), name)))
  );
}

function refusal(message: LocalizableText, cause?: unknown): EngineError {
  return new EngineError(message, localizable('Use the engine "onnx".'), { cause });
}
