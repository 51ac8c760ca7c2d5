/** The engines that a config can name, and which of them `auto` takes. */

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

/** In the order in which `auto` tries them. */
export const engineEntries: readonly EngineEntry[] = [
  { name: 'onnx', title: 'ONNX Runtime, native, CPU', open: (threads) => openNativeEngine(threads) },
  { name: 'onnx-wasm', title: 'ONNX Runtime, WebAssembly, one thread', open: () => openWasmEngine() },
];

/** Throws `EngineError` where the named engine, or with `auto` every engine, fails to open. */
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
