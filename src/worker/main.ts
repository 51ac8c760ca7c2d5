/** The entry of the worker thread in which the extension trains. */
import { parentPort } from 'node:worker_threads';
import { serveTraining } from './training-server';

if (parentPort === null)
  throw new Error('This is the entry of a worker thread; start training with `gan train`.');
serveTraining(parentPort);
