// `npm run test:exports`: the tests that open exported networks in Python, with ONNX Runtime, TensorFlow, Keras and
// PyTorch, which are installed into virtual environments in the cache folder on first use (several GB).
import { exportReaders } from '../bench/peers/python.mjs';
import { ensureBuilt, root, run } from './ensure-installed.mjs';

const readers = exportReaders();
ensureBuilt();
process.env.GAN_WORKBENCH_ONNXRUNTIME_PYTHON = readers.onnxruntime;
process.env.GAN_WORKBENCH_TENSORFLOW_PYTHON = readers.tensorflow;
process.env.GAN_WORKBENCH_PYTORCH = readers.pytorch;
const FILES = ['keras', 'savedmodel', 'pytorch/pytorch', 'documented'].map(
  (name) => `src/export/${name}.slow.test.ts`,
);
run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...FILES], { cwd: root, shell: false });
