/** Converts a resolved config to the settings of a CycleGAN: each of its networks is built once per direction. */
import type { ExperimentConfig } from '../config/schema';
import type { CycleSettings, Translation } from '../gan/cycle-settings';
import type { UserModules } from '../gan/networks/network';
import type { DataShape, ImageShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';
import { buildNetworks, networkContext, regularisedNetwork, runSettings } from './settings';

/**
 * @param data shape of the opened data: two sets of images
 * @param modules user modules that the config names, if any
 */
export function cycleSettings(
  config: ExperimentConfig,
  data: DataShape,
  modules?: UserModules,
): CycleSettings {
  const { example, input } = data;
  if (example.kind !== 'image' || input === undefined)
    throw new TypeError('a translation without pairs needs two bodies of images');
  const context = networkContext(config, data, modules);
  const translation = (from: ImageShape, to: ImageShape): Translation => {
    const networks = buildNetworks(config, { ...context, example: to, input: from });
    return { from, to, ...networks, discriminator: regularisedNetwork(config, networks.discriminator) };
  };
  const { weight, identityWeight, poolSize } = config.cycle;
  const areAlike = exampleExtents(example).join() === exampleExtents(input.shape).join();
  return {
    ...runSettings(config),
    translations: {
      forward: translation(input.shape, example),
      back: translation(example, input.shape),
    },
    cycleWeight: weight,
    identityWeight: areAlike ? weight * identityWeight : 0,
    poolSize,
  };
}
