/** Typed so that a test can check the packaged README against what VS Code shows. */
export declare function packagedReadme(text: string): string;
