// `npm run demo`: sets everything up and trains the digits example.

import { join } from 'node:path';
import { ensureBuilt, root, run } from './ensure-installed.mjs';

ensureBuilt();
run(process.execPath, [
  join(root, 'dist', 'gan.cjs'),
  'train',
  join(root, 'examples', 'digits-dcgan.gan.json'),
]);
