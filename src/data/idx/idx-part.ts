/** The files of one part (training or held-out) of an IDX dataset, as absolute paths. */
export interface IdxPart {
  readonly images: string;
  readonly labels?: string;
}
