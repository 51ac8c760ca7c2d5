/** A lattice of latents, to show how the generator folds the latent space into the plane. */
import { float32, type HostTensor } from '../shared/host-tensor';
import type { LatentSpace } from '../shared/latent-space';

/** Vertices along each axis. */
const VERTICES = 25;
/** Share of the prior on each axis that the lattice spans; the tails of a normal one have no end. */
const SPANNED = 0.98;

export interface PlaneLattice {
  /** `[rows · columns, latentSize]`, row by row. */
  readonly latents: HostTensor;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Cells of equal probability under the prior. Latents of one coordinate make a single row; of more than two, only the
 * first two vary and the others are 0.
 */
export function planeLattice({ size, prior }: LatentSpace): PlaneLattice {
  const coordinates = Array.from({ length: VERTICES }, (_, i) => {
    const share = 0.5 + SPANNED * (i / (VERTICES - 1) - 0.5);
    return prior === 'normal' ? normalQuantile(share) : 2 * share - 1;
  });
  const rows = size === 1 ? 1 : VERTICES;
  const latents = float32([rows * VERTICES, size]);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < VERTICES; column++) {
      const at = (row * VERTICES + column) * size;
      latents.data[at] = coordinates[column] ?? 0;
      if (size > 1) latents.data[at + 1] = coordinates[row] ?? 0;
    }
  return { latents, rows, columns: VERTICES };
}

/**
 * The value that a standard normal variable is below with this probability, in (0, 1), to within 4.5e-4 (Hastings 1955;
 * Abramowitz and Stegun 1964, 26.2.23).
 */
export function normalQuantile(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(probability, 1 - probability)));
  const size =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  return probability < 0.5 ? -size : size;
}
