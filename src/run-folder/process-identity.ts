/** Identifies a process across id reuse, reboots and containers that share a host. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import * as z from 'zod';
import { errorCode } from '../storage/storage-error';

export const processIdentitySchema = z.object({
  host: z.string(),
  /** Linux: changes with each boot and identifies the machine. */
  bootId: z.string().exactOptional(),
  /** Linux: process ids are only meaningful within one namespace (container). */
  pidNamespace: z.string().exactOptional(),
  pid: z.int().positive(),
  /** Linux: clock ticks from boot to the start of the process, which detect a reused id. */
  startTicks: z.string().exactOptional(),
});

export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** Undefined if the system has no such file, as on anything but Linux. */
function whereThere(read: () => string): string | undefined {
  try {
    return read().trim();
  } catch {
    return undefined;
  }
}

/** Field 22 of `/proc/<pid>/stat`; the second field, the command, may contain spaces and parentheses. */
function startTicksOf(pid: number): string | undefined {
  const stat = whereThere(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function describeProcess(pid: number): ProcessIdentity {
  const bootId = whereThere(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const pidNamespace = whereThere(() => readlinkSync('/proc/self/ns/pid'));
  const startTicks = startTicksOf(pid);
  return {
    host: hostname(),
    ...(bootId === undefined ? {} : { bootId }),
    ...(pidNamespace === undefined ? {} : { pidNamespace }),
    pid,
    ...(startTicks === undefined ? {} : { startTicks }),
  };
}

export function ownIdentity(): ProcessIdentity {
  return describeProcess(process.pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    return errorCode(error) !== 'ESRCH';
  }
}

/**
 * Whether the process is known to have ended. Returns false if that cannot be determined: on another machine, or in
 * another container.
 */
export function hasEnded(identity: ProcessIdentity): boolean {
  const own = ownIdentity();
  const comparable =
    identity.host === own.host &&
    identity.bootId === own.bootId &&
    identity.pidNamespace === own.pidNamespace;
  if (!comparable) return false;
  if (!isRunning(identity.pid)) return true;
  return identity.startTicks !== undefined && identity.startTicks !== startTicksOf(identity.pid);
}
