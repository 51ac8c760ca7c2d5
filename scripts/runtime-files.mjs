// Files of the unbundled packages that are needed at run time, relative to node_modules: what a package ships.

/** Drawing of sample grids and curves. */
const DRAWING = [
  '@resvg/resvg-wasm/package.json',
  '@resvg/resvg-wasm/index_bg.wasm',
  'dejavu-fonts-ttf/package.json',
  'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
];

const ONNX_COMMON = ['onnxruntime-common/package.json', 'onnxruntime-common/dist/cjs'];

/** ONNX Runtime as WebAssembly, which runs everywhere. */
export const WASM_RUNTIME = [
  'onnxruntime-common/dist/esm',
  'onnxruntime-web/package.json',
  'onnxruntime-web/dist/ort.node.min.js',
  'onnxruntime-web/dist/ort.node.min.mjs',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  // For pages that `gan export` writes.
  'onnxruntime-web/dist/ort.wasm.bundle.min.mjs',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
];

/** @param platform of the native ONNX Runtime, like "linux/x64"; undefined leaves it out */
export function runtimeFiles(platform) {
  const native = [
    'onnxruntime-node/package.json',
    'onnxruntime-node/dist',
    `onnxruntime-node/bin/napi-v6/${platform}`,
    'koffi/package.json',
    'koffi/index.cjs',
    'koffi/src/koffi/index.cjs',
    'koffi/src/koffi/src/static.cjs',
  ];
  return [...DRAWING, ...ONNX_COMMON, ...(platform === undefined ? [] : native)];
}
