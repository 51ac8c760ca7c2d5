/** The layers of a run's networks, found by `gan describe` in a process of its own: it loads the networks. */
import type { DescribeLine } from '../../shared/cli-protocol';
import type { NetworkSummary } from '../../shared/network-summary';
import { runGan } from '../commands/gan-process';

export interface NetworksRequest {
  /** Absolute path of `gan.cjs`. */
  readonly command: string;
  readonly runFolder: string;
  readonly signal: AbortSignal;
}

/** Undefined if cancelled. Throws the errors of `runGan`. */
export async function describeNetworks({
  command,
  runFolder,
  signal,
}: NetworksRequest): Promise<readonly NetworkSummary[] | undefined> {
  let networks: readonly NetworkSummary[] | undefined;
  await runGan({
    command,
    args: ['describe', runFolder, '--no-time'],
    signal,
    onLine(line) {
      if (isDescribeLine(line)) networks = line.networks;
    },
  });
  return networks;
}

/** Both ends have the same version, so the type of a line determines its fields. */
function isDescribeLine(line: object | undefined): line is DescribeLine {
  return line !== undefined && 'type' in line && line.type === 'describe';
}
