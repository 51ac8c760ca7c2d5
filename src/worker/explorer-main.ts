/** The entry of the process in which the latent explorer's generator runs: the editor never waits for a network. */
import { serveExplorer } from './explorer-server';

if (process.send === undefined)
  throw new Error('This is the entry of a process of the extension; explore with GAN: Explore Latents.');
serveExplorer({
  send: (message) => process.send?.(message),
  onMessage: (listener) => process.on('message', listener),
  onClose: (listener) => process.on('disconnect', listener),
});
