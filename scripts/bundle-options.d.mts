import type { BuildOptions } from 'esbuild';

/** Typed so that tests bundle their child processes with the same options as the product. */
export declare function nodeBundle(options?: BuildOptions): BuildOptions;
