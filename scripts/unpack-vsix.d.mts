/** So that the tests run what a person installs. */
export declare function unpackVsix(vsix: string, folder: string): string;
