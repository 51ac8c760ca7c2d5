/** So that a test can hold what ships to what VS Code shows. */
export declare function packagedReadme(text: string): string;
