/** Typed so that a test can compare the gallery with the examples. */
export declare function descriptionOf(example: string): string;
export declare function galleryPage(results: object): string;
export declare function presetsTable(page: string, results: object): string;
