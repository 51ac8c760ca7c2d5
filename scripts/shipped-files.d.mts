/** Typed so that a test can compare the shipped files with those tracked by git. */
export declare function shippedFiles(root: string): Promise<string[]>;
