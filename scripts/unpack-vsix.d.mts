/** Typed so that the tests run what users install. */
export declare function unpackVsix(vsix: string, folder: string): string;
