/** Entry point of the process that runs the latent explorer's generator: the editor never waits for a network. */
import type { FromExplorer, ToExplorer } from '../shared/explorer-protocol';
import { serveExplorer } from './explorer-server';
import { openParentPort } from './parent-port';

serveExplorer(openParentPort<FromExplorer, ToExplorer>('explore latents with GAN: Explore Latents.'));
