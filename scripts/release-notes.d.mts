/** So that a test can hold what keeps a version from being released. */
export declare function releaseNotes(changelog: string, version: string): string | undefined;
export declare function releaseProblems(
  tag: string,
  manifest: { readonly version: string; readonly repository: { readonly url: string } },
  changelog: string,
): string[];
