/**
 * Traces the programs of one engine with its lowering. A program whose memory is estimated before it is compiled is not
 * traced again, since tracing takes up to a second.
 */
import type { TensorSpec } from '../../shared/host-tensor';
import type { Program } from '../engine';
import type { Lowering } from './lowering';
import { peakBytes } from './peak-memory';
import { type TracedProgram, traceProgram } from './trace';

export class Tracer {
  readonly #lowering: Lowering;
  readonly #estimated = new WeakMap<Program, TracedProgram>();

  constructor(lowering: Lowering) {
    this.#lowering = lowering;
  }

  /** See `Engine.peakBytes`. */
  peakBytes(program: Program, leaves: Readonly<Record<string, TensorSpec>>): number {
    const traced = traceProgram(program, leaves, this.#lowering);
    this.#estimated.set(program, traced);
    return peakBytes(traced.graph);
  }

  /** Takes the trace that `peakBytes` made, so that no graph outlives its compilation; otherwise traces now. */
  take(program: Program, leaves: Readonly<Record<string, TensorSpec>>): TracedProgram {
    const traced = this.#estimated.get(program);
    this.#estimated.delete(program);
    return traced ?? traceProgram(program, leaves, this.#lowering);
  }
}
