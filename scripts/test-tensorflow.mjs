// `npm run test:tensorflow`: the tests of the engine `tensorflow` with the library of the newest Python package, which is
// installed into a virtual environment in the cache folder on first use. With --if-possible, the reason is printed
// instead where Python or PyPI is missing.
import { tensorFlowOfPython } from '../bench/peers/python.mjs';
import { ensureBuilt, root, run } from './ensure-installed.mjs';

/** What every engine guarantees, a step of every network, exact resume, and what is particular to this engine. */
const FILES = [
  'src/engine/engine-contract.test.ts',
  'src/engine/trace/kernels.test.ts',
  'src/engine/tensorflow',
  'src/export/savedmodel.slow.test.ts',
  'src/export/keras.slow.test.ts',
  'src/export/documented.slow.test.ts',
  'src/session/networks.slow.test.ts',
  'src/session/exact-resume.slow.test.ts',
  'src/training/exact-resume.slow.test.ts',
];

function installed() {
  try {
    return tensorFlowOfPython();
  } catch (error) {
    if (!process.argv.includes('--if-possible')) throw error;
    console.log(`The engine tensorflow is not tested: ${error.message.trim().split('\n').at(-1)}`);
    return undefined;
  }
}

const found = installed();
if (found !== undefined) {
  ensureBuilt();
  process.env.GAN_WORKBENCH_TENSORFLOW = found.folder;
  process.env.GAN_WORKBENCH_TENSORFLOW_PYTHON = found.python;
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...FILES, '--testNamePattern', 'tensorflow'];
  run(process.execPath, vitest, { cwd: root, shell: false });
}
