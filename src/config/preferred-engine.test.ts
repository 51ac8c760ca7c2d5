import { expect, it } from 'vitest';
import { parseExperiment } from './load';
import { withPreferredEngine } from './preferred-engine';

const configOf = (engine: object) =>
  parseExperiment(JSON.stringify({ data: { source: 'points2d' }, model: 'toy2d', engine }), 'toy.gan.json');

it.each([
  [{}, 'onnx-wasm', 'onnx-wasm'],
  [{ name: 'auto' }, 'onnx', 'onnx'],
  [{ name: 'onnx' }, 'onnx-wasm', 'onnx'],
  [{}, undefined, 'auto'],
  [{}, 'abacus', 'auto'],
])('%j, where %s is preferred, trains on %s', (engine, preferred, expected) => {
  const config = withPreferredEngine(configOf({ ...engine, threads: 3 }), preferred);
  expect(config.engine).toEqual({ name: expected, threads: 3 });
});
