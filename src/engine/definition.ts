/** The definition of an engine. Config, command line, doctor and benchmark follow from the list in `registry.ts`. */
import { availableParallelism } from 'node:os';
import type { Engine } from './engine';

/** What can be found out about hardware without loading the runtime or a driver, both of which may be slow or fail. */
export interface Device {
  /** False if there is certainly none. */
  mayBePresent(): boolean;
  /** Differs after a change of hardware or driver, as far as the system tells. */
  identity(): string;
}

export interface EngineDefinition<Name extends string = string> {
  /** As written in configs and run records. */
  readonly name: Name;
  /** For the doctor. */
  readonly title: string;
  /** Explains the name in editors and in the reference of experiments. */
  readonly description: string;
  /** The npm package of its runtime. The universal VSIX package lacks those that have native code. */
  readonly runtimePackage: string;
  /** What computes, where that is not the package; versions of an engine begin with it. */
  readonly library?: string;
  /** Where what computes was found, once the engine has been opened, if it is not part of the product. */
  foundAt?(): Promise<string | undefined>;
  /** `Infinity` if it can use any number. */
  readonly maxThreads: number;
  /** Slow, and only for machines on which no other engine works. */
  readonly isLastResort: boolean;
  /** Has to be chosen by name, since it depends on software that a person has installed: `auto` passes over it. */
  readonly isExplicitOnly: boolean;
  /**
   * The hardware that it needs besides the processor. `auto` takes such an engine only for what was measured to train
   * faster on it.
   */
  readonly device?: Device;
  /**
   * Throws `EngineError` if it does not work on this machine.
   *
   * @param threads at most `maxThreads`
   */
  open(threads: number): Promise<Engine>;
}

/** Identity function that keeps the name as a literal type. */
export function defineEngine<const Name extends string>(
  definition: EngineDefinition<Name>,
): EngineDefinition<Name> {
  return definition;
}

/** Number of threads unless a config sets one: one per logical core that the engine can use. */
export function defaultThreads({ maxThreads }: Pick<EngineDefinition, 'maxThreads'>): number {
  return Math.min(availableParallelism(), maxThreads);
}

/** Whether it needs nothing that a machine may lack, so that `auto` falls back on it. */
export function isOrdinary({
  isExplicitOnly,
  device,
}: Pick<EngineDefinition, 'isExplicitOnly' | 'device'>): boolean {
  return !isExplicitOnly && device === undefined;
}
