/**
 * What files tell about the graphics card. Loading its driver to ask takes half a second, and may hang or crash the
 * process.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Device } from '../definition';

/** Tests run without a graphics card, on a driver that computes on the CPU. */
export const ALLOW_SOFTWARE = 'GAN_WORKBENCH_SOFTWARE_GPU';

export function allowsSoftware(): boolean {
  return process.env[ALLOW_SOFTWARE] === '1';
}

/** On Linux, what a graphics card's kernel driver makes; drivers are often installed without a card. */
const DEVICE_NODES = ['/dev/dri/renderD128', '/dev/nvidiactl', '/dev/dxg'];

/** False if there is certainly no graphics card; other systems than Linux always have one. */
export function hasDeviceNode(): boolean {
  return process.platform !== 'linux' || DEVICE_NODES.some((path) => existsSync(path));
}

/** The kernel's list of displays and cards; the files of each give its vendor and model as PCI numbers. */
const CARDS = '/sys/class/drm';
const MODEL_FILES = ['vendor', 'device', 'subsystem_device', 'revision'];
const DRIVER_VERSIONS = [
  '/proc/driver/nvidia/version',
  '/sys/module/amdgpu/version',
  '/sys/module/i915/version',
];
/** They choose the driver of Vulkan. */
const DRIVER_VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', ALLOW_SOFTWARE];

export const graphicsCard: Device = {
  mayBePresent: () => allowsSoftware() || hasDeviceNode(),
  identity: () =>
    [
      release(),
      ...cardFolders().map((folder) => MODEL_FILES.map((name) => textOf(join(folder, name))).join(':')),
      ...DRIVER_VERSIONS.map(textOf),
      ...DRIVER_VARIABLES.map((name) => process.env[name] ?? ''),
    ].join('\n'),
};

function cardFolders(): readonly string[] {
  if (!existsSync(CARDS)) return [];
  const cards = readdirSync(CARDS).filter((name) => /^card\d+$/.test(name));
  return cards.sort().map((name) => join(CARDS, name, 'device'));
}

/** Empty if it cannot be read. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
