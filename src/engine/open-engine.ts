/** Opens an engine by its name, or the first one that works on every machine of its kind. */
import { causeOf, WorkbenchError } from '../shared/errors';
import { type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import { defaultThreads, isOrdinary } from './definition';
import type { Engine } from './engine';
import { type EngineName, engines } from './registry';

/**
 * With `auto`, the first engine for the processor that works. Throws `EngineError` if the named engine fails to open, or
 * `WorkbenchError` if every engine fails with `auto`.
 */
export async function openEngine(choice: EngineName | 'auto', threads: number | 'auto'): Promise<Engine> {
  const reasons: LocalizableText[] = [];
  for (const engine of engines) {
    if (choice === 'auto' ? !isOrdinary(engine) : choice !== engine.name) continue;
    try {
      return await engine.open(
        threads === 'auto' ? defaultThreads(engine) : Math.min(threads, engine.maxThreads),
      );
    } catch (error) {
      if (choice !== 'auto') throw error;
      reasons.push(verbatim('\n', engine.name, ': ', causeOf(error)));
    }
  }
  throw new WorkbenchError(
    localizable('No engine works on this machine.{0}', verbatim(...reasons)),
    localizable('Run the doctor for details.'),
    { commandLineRemedy: localizable('Run `gan doctor` for details.') },
  );
}
