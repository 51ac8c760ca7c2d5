/** The engine `tensorflow`: the TensorFlow C library that is installed on the machine. */
import { defineEngine } from '../definition';

export const tensorFlow = defineEngine({
  name: 'tensorflow',
  title: 'TensorFlow, the installed library',
  description:
    'TensorFlow (experimental): the library of tfjs-node or of a Python package, which has to be installed.',
  runtimePackage: 'koffi',
  library: 'tensorflow',
  maxThreads: Number.POSITIVE_INFINITY,
  isLastResort: false,
  isExplicitOnly: true,
  foundAt: async () => (await import('./open-library')).loadedLibrary(),
  open: async (threads) => (await import('./open-tensorflow')).openTensorFlowEngine(threads),
});
