/** Compares two engines on a network that another process describes. */
import { parseStoredConfig } from '../../config/stored';
import { type EngineName, engineNameOf } from '../../engine/registry';
import type { ComparedNetwork, Comparison } from '../../shared/step-time-protocol';
import { loadKeptNetworks, loadUserNetworks } from '../../user-networks/user-networks';
import { compareEngines, type Watch } from './comparison';
import { candidate } from './trial';

/** Propagates errors of the config, of its modules and of the engine for the processor. */
export async function compareNetworks(
  { config: stored, data, modules: { of, folder }, processor, device }: ComparedNetwork,
  onTiming: Watch['onTiming'],
): Promise<Comparison> {
  const config = parseStoredConfig(stored, 'config');
  const modules = await (of === 'run' ? loadKeptNetworks : loadUserNetworks)(config, folder);
  const on = (name: string) => candidate(known(name), { config, data, modules });
  return await compareEngines(on(processor), on(device), { nowMs: () => performance.now(), onTiming });
}

function known(name: string): EngineName {
  const found = engineNameOf(name);
  if (found === undefined) throw new RangeError(`there is no engine ${name}`);
  return found;
}
