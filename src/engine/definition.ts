/** The definition of an engine. Config, command line, doctor and benchmark follow from the list in `registry.ts`. */
import { availableParallelism } from 'node:os';
import type { Engine } from './engine';

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
  /** `Infinity` if it can use any number. */
  readonly maxThreads: number;
  /** Slow, and only for machines on which no other engine works. */
  readonly isLastResort: boolean;
  /** Has to be chosen by name: `auto` passes over it, since whether it is faster differs between machines. */
  readonly isExplicitOnly: boolean;
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
