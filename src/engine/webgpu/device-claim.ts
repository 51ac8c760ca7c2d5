/**
 * Keeps the graphics device of a process to one thread: all sessions of a process share it, and runs of two threads at a
 * time crash the process.
 */
import { threadId } from 'node:worker_threads';
import { localizable } from '../../shared/localizable-text';
import { EngineError } from '../engine-error';

/** Threads that compute share the environment of the process; the id is for child processes, which inherit it. */
const OWNER = 'GAN_WORKBENCH_WEBGPU_THREAD';

let openEngines = 0;

/** Another thread of this process has the device; a process of its own can have it as well. */
export class DeviceInUseError extends EngineError {}

/** Returns a function that ends the claim. Throws `DeviceInUseError` if another thread has the device. */
export function claimDevice(): () => void {
  const own = `${process.pid}:${threadId}`;
  const owner = process.env[OWNER];
  if (owner?.startsWith(`${process.pid}:`) && owner !== own)
    throw new DeviceInUseError(
      localizable('The graphics card is in use by another training in this window.'),
      localizable('Wait until it ends, or set "gan.training.isolation" to "process".'),
    );
  process.env[OWNER] = own;
  openEngines++;
  let isHeld = true;
  return () => {
    if (isHeld && --openEngines === 0) delete process.env[OWNER];
    isHeld = false;
  };
}
