/** The engines that a config can name, and the selection made by `auto`. */

import { causeOf, WorkbenchError } from '../shared/errors';
import { type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import type { Engine } from './engine';
import { defaultThreads, openNativeEngine, openWasmEngine } from './onnx/runtime';

export type EngineName = 'onnx' | 'onnx-wasm';
export type EngineChoice = EngineName | 'auto';

interface EngineEntry {
  readonly name: EngineName;
  readonly title: string;
  open(threads: number): Promise<Engine>;
}

/** In the order that `auto` tries them. */
export const engineEntries: readonly EngineEntry[] = [
  { name: 'onnx', title: 'ONNX Runtime, native, CPU', open: (threads) => openNativeEngine(threads) },
  { name: 'onnx-wasm', title: 'ONNX Runtime, WebAssembly, one thread', open: () => openWasmEngine() },
];

/** Throws `EngineError` if the named engine fails to open, or `WorkbenchError` if every engine fails with `auto`. */
export async function openEngine(choice: EngineChoice, threads: number | 'auto'): Promise<Engine> {
  const count = threads === 'auto' ? defaultThreads() : threads;
  const reasons: LocalizableText[] = [];
  for (const entry of engineEntries) {
    if (choice !== 'auto' && choice !== entry.name) continue;
    try {
      return await entry.open(count);
    } catch (error) {
      if (choice !== 'auto') throw error;
      reasons.push(verbatim('\n', entry.name, ': ', causeOf(error)));
    }
  }
  throw new WorkbenchError(
    localizable('No engine works on this machine.{0}', verbatim(...reasons)),
    localizable('Run the doctor for details.'),
    { commandLineRemedy: 'Run `gan doctor` for details.' },
  );
}
