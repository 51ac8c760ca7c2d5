/** The curves to request from the host. */
import type { CurveView, XAxis } from '../../../src/shared/dashboard-protocol';
import type { XRange } from '../preferences';

/** @param range undefined for the whole run */
export function curveView(xAxis: XAxis, range: XRange | undefined, maxBuckets: number): CurveView {
  return range === undefined ? { xAxis, maxBuckets } : { xAxis, maxBuckets, from: range[0], to: range[1] };
}
