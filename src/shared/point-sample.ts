/** A sample of a run on points, as its binary file holds it and the dashboard draws it. */

export interface PointSample {
  /** x, y, x, y, … */
  readonly real: Float32Array;
  readonly fake: Float32Array;
  /** D(x) in [0, 1], row-major from the top; `heatColumns` cells per row, over [-extent, extent]². */
  readonly heat: Float32Array;
  readonly heatColumns: number;
  readonly extent: number;
  /**
   * For each generated point the direction in which the generator's loss falls, and how steeply. Missing in samples of
   * older versions.
   */
  readonly descent?: Float32Array;
  /** Missing in samples of older versions, and where the generator is conditioned on classes. */
  readonly manifold?: PointManifold;
}

/** Where the generator maps a lattice of latents to. */
export interface PointManifold {
  /** Its vertices, x, y, x, y, …, row by row. A lattice of one row is a curve. */
  readonly vertices: Float32Array;
  readonly columns: number;
  /** Of the latents. From 3 on, the lattice is a slice: only the first two coordinates vary, the others are 0. */
  readonly latentSize: number;
}

/** A sample of the present step that is not recorded. */
export interface LiveSample {
  readonly step: number;
  readonly sample: PointSample;
}
