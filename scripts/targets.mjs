// The packages to build and their file names. Plain Node.js: it is read before anything is installed.
import { join } from 'node:path';

/** One package for each platform with a native runtime, and one that uses WebAssembly for the rest. */
export const TARGETS = {
  'linux-x64': { runtime: 'linux/x64', limitMegabytes: 45 },
  'linux-arm64': { runtime: 'linux/arm64', limitMegabytes: 45 },
  'win32-x64': { runtime: 'win32/x64', limitMegabytes: 45 },
  'win32-arm64': { runtime: 'win32/arm64', limitMegabytes: 45 },
  'darwin-arm64': { runtime: 'darwin/arm64', limitMegabytes: 45 },
  universal: { limitMegabytes: 25 },
};

/** The target for this machine. */
export function currentTarget() {
  const target = `${process.platform}-${process.arch}`;
  return target in TARGETS ? target : 'universal';
}

/** Returns the path of a target's package, relative to the root of the repository. */
export function vsixPath(target, version) {
  return join('dist', `gan-workbench-${target}-${version}.vsix`);
}
