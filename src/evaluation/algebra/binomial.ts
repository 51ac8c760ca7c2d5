/** Exact tails of the binomial distribution. */

/** ln n! for all n up to this one, by summing logarithms; exact enough for the counts of a test. */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let i = 2; i <= n; i++) logs[i] = (logs[i - 1] ?? 0) + Math.log(i);
  return logs;
}

/** P(X <= k) for n trials with success probability p, 0 < p < 1 (Clopper & Pearson 1934 use the same tail). */
export function binomialLowerTail(k: number, n: number, p: number): number {
  const logs = logFactorials(n);
  let sum = 0;
  for (let i = 0; i <= Math.min(k, n); i++) {
    const ways = (logs[n] ?? 0) - (logs[i] ?? 0) - (logs[n - i] ?? 0);
    sum += Math.exp(ways + i * Math.log(p) + (n - i) * Math.log1p(-p));
  }
  return Math.min(1, sum);
}
