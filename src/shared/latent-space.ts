/** The latent input of a generator. */
export interface LatentSpace {
  /** Dimension of one latent. */
  readonly size: number;
  /** `normal`: mean 0, standard deviation 1; `uniform`: in [-1, 1). */
  readonly prior: 'normal' | 'uniform';
}
