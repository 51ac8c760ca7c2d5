/** Typed so that a test can compare the gallery with the examples. */
export declare function descriptionOf(example: string): string;
export declare function galleryPage(results: object, kinds: readonly ScoreTitle[]): string;
export declare function presetsTable(page: string, results: object, kinds: readonly ScoreTitle[]): string;

interface ScoreTitle {
  readonly name: string;
  readonly title: string;
}
