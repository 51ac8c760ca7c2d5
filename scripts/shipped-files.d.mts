/** So that a test can hold what ships to what git knows. */
export declare function shippedFiles(root: string): string[];
