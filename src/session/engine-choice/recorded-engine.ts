/**
 * The engine of a run that is resumed: the one that has trained it so far, since others round differently. Only where
 * that one does not work does training go on with another.
 */
import type { Engine, EngineInfo } from '../../engine/engine';
import { EngineError } from '../../engine/engine-error';
import { type EngineName, engineNameOf } from '../../engine/registry';
import { DeviceInUseError } from '../../engine/webgpu/device-claim';
import { causeOf } from '../../shared/errors';
import { type LocalizableValue, localizable, verbatim } from '../../shared/localizable-text';
import type { RunRecord } from '../../shared/run-format';
import type { OpenedEngine } from './opened-engine';

/**
 * @param configured `auto`, or the engine to go on with, which must work unless the run was trained on it
 * @param open opens an engine, and throws `EngineError` if it does not work
 */
export async function reopenEngine(
  recorded: RunRecord['engine'],
  configured: EngineName | 'auto',
  open: (choice: EngineName | 'auto') => Promise<Engine>,
): Promise<OpenedEngine> {
  const wanted = configured === 'auto' ? (engineNameOf(recorded.name) ?? 'auto') : configured;
  try {
    return opened(await open(wanted), recorded);
  } catch (error) {
    const isAbsent = error instanceof EngineError && !(error instanceof DeviceInUseError);
    if (!isAbsent || wanted !== recorded.name) throw error;
    return opened(await open('auto'), recorded, causeOf(error));
  }
}

/** @param problem why the recorded engine does not work, if it does not */
function opened(engine: Engine, recorded: RunRecord['engine'], problem?: LocalizableValue): OpenedEngine {
  const [before, now] = [placeOf(recorded), placeOf(engine.info)];
  if (before === now) return { engine };
  const change =
    problem === undefined
      ? localizable('The run was trained on {0} and continues on {1}.', before, now)
      : localizable(
          'The run was trained on {0}, which does not work here: {1} It continues on {2}.',
          before,
          problem,
          now,
        );
  const consequence = localizable('Engines round differently, so results differ slightly from here on.');
  return { engine, warnings: [verbatim(change, ' ', consequence)] };
}

/** For instance `onnx-webgpu (NVIDIA)`. */
function placeOf({ name, adapter }: Pick<EngineInfo, 'name' | 'adapter'>): string {
  return adapter === undefined ? name : `${name} (${adapter})`;
}
