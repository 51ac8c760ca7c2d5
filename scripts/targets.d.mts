/** Typed so that the tests find the package that `npm run package` builds for this machine. */
export declare function currentTarget(): string;
export declare function vsixPath(target: string, version: string): string;
