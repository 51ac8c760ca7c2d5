/** The layers of a network, as `gan describe` prints them and the dashboard shows them. */

export type LayerKind = 'convolution' | 'transposed-convolution' | 'dense' | 'normalisation' | 'other';

export interface LayerSummary {
  /** Scopes from the network to the layer, such as `block1/conv`; empty for parameters outside of any layer. */
  readonly path: string;
  readonly kind: LayerKind;
  /** Of convolutions, in pixels. */
  readonly kernelSize?: number;
  readonly stride?: number;
  /** Extents of its output, without the batch. */
  readonly output: readonly number[];
  /** Trained values. */
  readonly parameters: number;
  /** Floating-point operations for one example, two per multiplication. */
  readonly flops: number;
  /**
   * Side of the square of image pixels that an output depends on, or `all`; missing where the input is no image or the
   * field cannot be told.
   */
  readonly receptiveField?: number | 'all';
  /** Positions in the list of the layers that it reads; -1 is the input of the network. */
  readonly inputs: readonly number[];
}

export interface NetworkSummary {
  /** `generator`, `discriminator`, and of CycleGAN those of both directions. */
  readonly name: string;
  /** Extents without the batch. */
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly parameters: number;
  /** Values that are stored but not trained, such as running means. */
  readonly statistics: number;
  /** Forward, for one example. */
  readonly flops: number;
  readonly layers: readonly LayerSummary[];
}

/** An experiment before it is trained, on this machine. */
export interface ExperimentSummary {
  readonly networks: readonly NetworkSummary[];
  readonly batchSize: number;
  /** Estimated main memory of training, beside the data. */
  readonly memoryBytes: number;
  readonly steps: number;
  /** Measured duration of a step; missing if it was not measured. */
  readonly stepSeconds?: number;
}
