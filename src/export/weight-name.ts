/** What a weight is called outside of the workbench, averaged or not. */
import { EMA } from '../gan/step/player';

export function weightName(leaf: string): string {
  return leaf.startsWith(EMA) ? leaf.slice(EMA.length) : leaf;
}
