/** A pruning rule: which trials end early. To add one, create a file in this folder and list it in `registry.ts`. */
import type * as z from 'zod';

/** The objective of a trial at a step, smaller is better. */
export interface StepLoss {
  readonly step: number;
  readonly loss: number;
}

/** Losses in the order of their steps. */
export type LossCurve = readonly StepLoss[];

export interface Comparison {
  /** Up to the present. */
  readonly own: LossCurve;
  /** Of the other trials that were scored by the same protocol, ended or not. */
  readonly others: readonly LossCurve[];
  /** Steps between scores. */
  readonly scoreEvery: number;
}

export interface PruningRule<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Citation with section or algorithm. */
  readonly paper?: string;
  readonly options: Options;
  /** Returns whether the trial ends at the last step of its curve. */
  prunes(comparison: Comparison, options: z.output<Options>): boolean;
}

/** Identity function that ties a rule's options type to the function that takes them. */
export function definePruning<Options extends z.ZodObject>(rule: PruningRule<Options>): PruningRule<Options> {
  return rule;
}
