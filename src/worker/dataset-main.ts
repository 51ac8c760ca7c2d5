/** The entry of the process in which the extension opens a data set: what people's files hold is decoded outside the editor. */
import { serveDataset } from './dataset-server';

if (process.send === undefined)
  throw new Error('This is the entry of a process of the extension; see a data set with GAN: Open Dataset.');
serveDataset({
  send: (message) => process.send?.(message),
  onMessage: (listener) => process.on('message', listener),
  onClose: (listener) => process.on('disconnect', listener),
});
