import { expect, it } from 'vitest';
import type { DoctorLine } from '../shared/cli-protocol';
import { formatText, localizable } from '../shared/localizable-text';
import { verdictOf } from './doctor-verdict';

/** The verdict where exactly these checks fail. */
function verdictWithout(...failed: readonly string[]): string {
  const records = ['machine', 'onnx', 'onnx-wasm', 'cache', 'decoder'].map((name): DoctorLine => {
    const ok = !failed.includes(name);
    if (name === 'onnx' || name === 'onnx-wasm') return { type: 'engine', name, ok, said: localizable('') };
    if (name === 'cache' || name === 'decoder') return { type: name, ok, said: localizable('') };
    return { type: 'machine', ok, said: localizable('') };
  });
  const { ok, said: sentence } = verdictOf(records);
  return `${ok ? 0 : 1} ${formatText(sentence)}`;
}

it.each([
  [[], '0 Ready to train: every check passed.'],
  [['onnx-wasm'], '0 Ready to train.'],
  [['onnx'], '0 Ready to train, but slowly: only the WebAssembly engine works.'],
  [['decoder'], '0 Ready to train, except on image files: the image decoder does not work.'],
  [['cache'], '1 Problems: datasets cannot be cached on this machine.'],
  [['onnx', 'onnx-wasm'], '1 Problems: no engine works on this machine.'],
  [['onnx', 'onnx-wasm', 'cache', 'decoder'], '1 Problems: no engine works on this machine.'],
])('without %j: %s', (failed, verdict) => {
  expect(verdictWithout(...failed)).toBe(verdict);
});
