/** Chooses among proposed experiments by the measured time of a step of each on this machine. */
import type { Length, Proposal } from '../../session/propose-experiment';

/** Assumed until the step time has been measured. */
const USUAL_STEP_SECONDS = 0.1;

/**
 * Returns the text of the first experiment that trains long enough within the expected duration, or of the last one,
 * which then takes longer. The text states no training time that was not measured.
 */
export async function firstInTime(
  proposals: readonly Proposal[],
  imageSize: number,
  textOf: (proposal: Proposal, length: Length, isMeasured: boolean) => string,
  /** Step time; undefined if it cannot be measured. */
  secondsOf: (experiment: string) => Promise<number | undefined>,
): Promise<string> {
  const { isInTime, proposeLength } = await import('../../session/propose-experiment');
  let text = '';
  for (const proposal of proposals) {
    const untimed = textOf(proposal, proposeLength(imageSize, USUAL_STEP_SECONDS), false);
    const seconds = await secondsOf(untimed);
    // Further proposals would not be timed either.
    if (seconds === undefined) return untimed;
    text = textOf(proposal, proposeLength(imageSize, seconds), true);
    if (isInTime(imageSize, seconds)) break;
  }
  return text;
}
