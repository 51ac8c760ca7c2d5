import type { BuildOptions } from 'esbuild';

/** So that tests bundle what they start as a process as the product is bundled. */
export declare function nodeBundle(options?: BuildOptions): BuildOptions;
