/** The images of a sample, as training generates them and as they are drawn. */
import type { HostTensor } from './host-tensor';

export interface ImageSampleTensors {
  /** `[count, height, width, channels]` in [-1, 1]. */
  readonly fake: HostTensor;
  /** Samples per row, where rows have a meaning, such as classes. */
  readonly columns?: number;
  /** Labels of the rows, where they have a meaning: names of classes, or their numbers. */
  readonly rowLabels?: readonly string[];
  /** Images `[count, …]` shown to the left and right of each sample: its input and its target. */
  readonly given?: HostTensor;
  readonly targets?: HostTensor;
  /** `[count, …given]`: the samples translated back. */
  readonly reconstructions?: HostTensor;
}
