/**
 * Protocols of runs that differ by the seed alone. Data that the seed draws gives each run held-out examples of its own,
 * and the protocol names them by a hash, although the scores are values of one quantity.
 */

/** As formatted by `protocolText` in the core. */
const DATA = / of data ([0-9a-f]{8})\b/;

function withData(protocol: string, data: string): string {
  return protocol.replace(DATA, ` of data ${data}`);
}

/**
 * Maps protocols that differ by the data alone to one that names all of it; the others stay what they are.
 * @param ofRuns the protocols of one score, of each run. If a run itself has several for different data, these stay
 * apart.
 */
export function pooledProtocols(ofRuns: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const pools = new Map<string, { readonly protocols: Set<string>; isPooled: boolean }>();
  for (const protocols of ofRuns) {
    const own = new Set<string>();
    for (const protocol of new Set(protocols)) {
      const pooled = withData(protocol, '');
      const pool = pools.get(pooled) ?? { protocols: new Set<string>(), isPooled: true };
      pools.set(pooled, pool);
      pool.protocols.add(protocol);
      if (own.has(pooled)) pool.isPooled = false;
      own.add(pooled);
    }
  }
  return new Map(
    [...pools.values()].flatMap(({ protocols, isPooled }) => {
      const data = [...protocols].flatMap((protocol) => DATA.exec(protocol)?.[1] ?? []).sort();
      return [...protocols].map((protocol): [string, string] => [
        protocol,
        isPooled ? withData(protocol, data.join(', ')) : protocol,
      ]);
    }),
  );
}
