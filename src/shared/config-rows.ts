/** A configuration as table rows: each value with its dotted path. */

export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `[path, text]` of each nested value, with dots between the levels. */
export function flatten(value: unknown, path: string): (readonly [string, string])[] {
  if (isGroup(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, inner]) =>
      flatten(inner, path === '' ? key : `${path}.${key}`),
    );
  if (Array.isArray(value) && value.some(isGroup))
    return value.flatMap((inner, index) => flatten(inner, `${path}[${index}]`));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [[path, text]];
}
