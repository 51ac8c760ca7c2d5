// `npm run demo`: sets everything up and trains the digits example; works from a fresh clone too.
import { ensureBuilt, run } from './ensure-installed.mjs';

ensureBuilt();
run(process.execPath, ['dist/gan.cjs', 'train', 'examples/digits-dcgan.gan.json'], { shell: false });
