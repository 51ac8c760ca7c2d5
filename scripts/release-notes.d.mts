/** Typed so that a test can check the conditions that block a release. */
export declare function releaseNotes(changelog: string, version: string): string | undefined;
export declare function releaseProblems(
  tag: string,
  manifest: { readonly version: string; readonly repository: { readonly url: string } },
  changelog: string,
): string[];
