/**
 * Which driver the runtime computes with. The runtime does not say, so this is inferred from the libraries that it has
 * loaded into the process; what is important is to recognise drivers that compute on the CPU.
 */
import { basename } from 'node:path';
import * as z from 'zod';
import { hasDeviceNode } from './graphics-card';

export interface Adapter {
  readonly name: string;
  /** Computes on the CPU, much slower than the engines for it. */
  readonly isSoftware: boolean;
}

interface Driver extends Adapter {
  /** Of the base name of a library. */
  readonly pattern: RegExp;
}

/** Hardware first: the runtime prefers it to software where both are loaded. */
const DRIVERS: readonly Driver[] = [
  { name: 'NVIDIA', isSoftware: false, pattern: /nvidia|^nvwgf2um|^nvldumd|vulkan_nouveau/i },
  { name: 'AMD', isSoftware: false, pattern: /vulkan_radeon|amdvlk|^amdx[cx]|^atidx/i },
  { name: 'Intel', isSoftware: false, pattern: /vulkan_intel|^igd\d|^igvk/i },
  { name: 'Apple', isSoftware: false, pattern: /^AGXMetal|vulkan_asahi/i },
  { name: 'Direct3D 12', isSoftware: false, pattern: /vulkan_dzn/i },
  { name: 'SwiftShader', isSoftware: true, pattern: /vk_swiftshader/i },
  { name: 'lavapipe', isSoftware: true, pattern: /vulkan_lvp/i },
  { name: 'WARP', isSoftware: true, pattern: /^d3d10warp/i },
];

/** @param hasCard whether there can be hardware at all */
export function adapterOf(libraries: readonly string[], hasCard: boolean): Adapter {
  const names = libraries.map((path) => basename(path.replaceAll('\\', '/')));
  const loaded = DRIVERS.filter(
    ({ isSoftware, pattern }) => (hasCard || isSoftware) && names.some((name) => pattern.test(name)),
  );
  return loaded[0] ?? { name: 'unknown driver', isSoftware: !hasCard };
}

const report = z.object({ sharedObjects: z.array(z.string()) });

/** Paths of the shared libraries in this process. */
export function loadedLibraries(): readonly string[] {
  return report.parse(process.report.getReport()).sharedObjects;
}

/** The adapter of this process, once the runtime has opened one. */
export function loadedAdapter(): Adapter {
  return adapterOf(loadedLibraries(), hasDeviceNode());
}
