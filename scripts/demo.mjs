// `npm run demo`: sets everything up and trains the digits example, from a fresh clone too.
import { fileURLToPath } from 'node:url';
import { installDependencies, runOrExit } from './dependencies.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
installDependencies(root);
for (const args of [['esbuild.mjs'], ['dist/gan.cjs', 'train', 'examples/digits-dcgan.gan.json']])
  runOrExit(process.execPath, args, { cwd: root });
