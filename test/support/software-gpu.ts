/**
 * Lets tests of the engine for graphics cards run without one: on SwiftShader, a driver that computes on the CPU and
 * comes with Chromium. Must be imported before the native runtime is loaded.
 */
import { existsSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALLOW_SOFTWARE } from '../../src/engine/webgpu/graphics-card';

const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/** glibc's RTLD_NODELETE: the library stays although it is no addon of Node.js. */
const STAY_LOADED = 0x1000;

const folder =
  process.platform === 'linux'
    ? FOLDERS.find((path) => existsSync(join(path, 'vk_swiftshader_icd.json')))
    : undefined;
if (folder !== undefined) {
  const driver = join(folder, 'vk_swiftshader_icd.json');
  Object.assign(process.env, { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver, [ALLOW_SOFTWARE]: '1' });
  process.env.XDG_RUNTIME_DIR ??= tmpdir();
  loadForLaterUse(join(folder, 'libvulkan.so.1'));
}

/** The runtime asks for the Vulkan loader by name and gets the one that is loaded already. */
function loadForLaterUse(library: string): void {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | STAY_LOADED);
  } catch {
    // Always thrown, since it is no addon. If it could not be loaded, the engine finds no adapter.
  }
}
