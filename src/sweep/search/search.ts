/** A search method: which points a sweep tries. To add one, create a file in this folder and list it in `registry.ts`. */
import type * as z from 'zod';
import type { Random } from '../../random/random';
import type { Parameter } from '../parameter';

/** One coordinate from 0 to 1 for each parameter. */
export type Point = readonly number[];

export interface PastTrial {
  readonly point: Point;
  /** The objective, smaller is better. */
  readonly loss: number;
}

export interface Proposal {
  readonly parameters: readonly Parameter[];
  /** Position of the trial in the sweep, from 0. */
  readonly index: number;
  /** Belongs to this trial alone. */
  readonly random: Random;
  /** Earlier trials that have a score, ordered by their position. */
  readonly past: readonly PastTrial[];
}

export interface SearchMethod<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Citation with section. */
  readonly paper?: string;
  readonly options: Options;
  /** Number of trials, where the parameters determine it. */
  size?(parameters: readonly Parameter[], options: z.output<Options>): number;
  /** Whether a proposal depends on the results of earlier trials. */
  readonly learns: boolean;
  propose(proposal: Proposal, options: z.output<Options>): Point;
}

/** Identity function that ties a method's options type to the functions that take them. */
export function defineSearch<Options extends z.ZodObject>(
  method: SearchMethod<Options>,
): SearchMethod<Options> {
  return method;
}
