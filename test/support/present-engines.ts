/** The engines of the registry that work on this machine, for tests of the contract that every engine keeps. */
import './software-gpu';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { EngineDefinition } from '../../src/engine/definition';
import type { Engine } from '../../src/engine/engine';
import { engines } from '../../src/engine/registry';
import { describeError } from '../../src/shared/errors';

type RegisteredEngine = (typeof engines)[number];

const present: RegisteredEngine[] = [];
const absent: { readonly name: string; readonly reason: string }[] = [];
for (const definition of engines)
  try {
    await (await definition.open(1)).dispose();
    present.push(definition);
  } catch (error) {
    absent.push({ name: definition.name, reason: describeError(error) });
  }

/** For `describe.each(presentEngines)('on $name', …)`. */
export const presentEngines: readonly RegisteredEngine[] = present;

/** Those that are fast enough on a processor for tests that train whole experiments. */
export const nativeEngines: readonly RegisteredEngine[] = present.filter(
  ({ name }) => name === 'onnx' || name === 'tensorflow',
);

/** Those that do not work here, and why. */
export const absentEngines: readonly { readonly name: string; readonly reason: string }[] = absent;

/** Opens an engine until the end of the test, with this number of threads if it can use as many. */
export async function openForTest(
  { open, maxThreads }: Pick<EngineDefinition, 'open' | 'maxThreads'>,
  threads = 1,
): Promise<Engine> {
  const engine = await open(Math.min(threads, maxThreads));
  onTestFinished(() => engine.dispose());
  return engine;
}

/**
 * Keeps an engine open during the tests of this block. Engines of a graphics card share its device, which takes long to
 * open, and what has been compiled for it.
 */
export function keepDeviceOpen({ open }: Pick<EngineDefinition, 'open'>): void {
  let engine: Engine | undefined;
  beforeAll(async () => {
    engine = await open(1);
  });
  afterAll(() => engine?.dispose());
}
