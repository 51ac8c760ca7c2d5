/** Entry point of the worker, a thread or a process, in which the extension trains. */
import { parentPort } from 'node:worker_threads';
import { parentProcessPort } from './process-port';
import { serveTraining } from './training-server';

const port = parentPort ?? parentProcessPort();
if (port === undefined) throw new Error('This is the entry of a worker; start training with `gan train`.');
serveTraining(port);
