/** Type of the one js-yaml function that the tests use; the package has no types. */
declare module 'js-yaml' {
  /** Returns the value of a YAML document. Throws if it is not valid YAML. */
  export function load(text: string): unknown;
}
