/** Directions in latent space along which a generator's samples change most, computed from its weights alone. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * The first eigenvectors of K·Kᵀ for the kernel K by which the generator multiplies the latent: the unit vectors v with
 * the largest |vK| (SeFa: Shen & Zhou 2021, "Closed-Form Factorization of Latent Semantics in GANs", equations 5 to 7).
 * The largest entry of each is made positive, since the sign is arbitrary.
 *
 * @param kernel `[rows, units]`, row-major; rows beyond `size` belong to inputs concatenated with the latent, such as a
 * class
 * @param size dimension of the latent
 * @param count maximum number of directions, strongest first
 */
export function principalDirections(
  kernel: { readonly data: ArrayLike<number>; readonly units: number },
  size: number,
  count: number,
): Float32Array[] {
  const { data, units } = kernel;
  const products = Matrix.zeros(size, size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < units; k++) sum += (data[i * units + k] ?? 0) * (data[j * units + k] ?? 0);
      products.set(i, j, sum);
      products.set(j, i, sum);
    }
  const { eigenvectorMatrix } = new EigenvalueDecomposition(products, { assumeSymmetric: true });
  // Eigenvalues are in ascending order.
  return Array.from({ length: Math.min(count, size) }, (_, k) =>
    withPositivePeak(Float32Array.from(eigenvectorMatrix.getColumn(size - 1 - k))),
  );
}

/** The coordinate axes of latent space, for generators whose first layer is not a matrix product. */
export function axisDirections(size: number, count: number): Float32Array[] {
  return Array.from({ length: Math.min(count, size) }, (_, k) => {
    const axis = new Float32Array(size);
    axis[k] = 1;
    return axis;
  });
}

function withPositivePeak(vector: Float32Array): Float32Array {
  const peak = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return peak < 0 ? vector.map((value) => -value) : vector;
}
