/** The progress bars of all commands look alike; each command chooses the text beside its bar. */
import { type Options, SingleBar } from 'cli-progress';

export function progressBar(
  options: Pick<Options, 'format' | 'stopOnComplete' | 'clearOnComplete'>,
): SingleBar {
  return new SingleBar({
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    ...options,
  });
}
