/** What a generator starts from. */
export interface LatentSpace {
  /** Numbers in one latent. */
  readonly size: number;
  /** `normal`: mean 0, standard deviation 1; `uniform`: in [-1, 1). */
  readonly prior: 'normal' | 'uniform';
}
