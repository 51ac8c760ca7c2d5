/** Chooses among proposed experiments by what a step of each takes on this machine. */
import type { Length, Proposal } from '../../session/propose-experiment';

/** Before it is known. */
const USUAL_STEP_SECONDS = 0.1;

/**
 * The text of the first experiment that trains long enough in the time that people are asked for, or of the last, which
 * then takes longer.
 */
export async function firstInTime(
  proposals: readonly Proposal[],
  imageSize: number,
  textOf: (proposal: Proposal, length: Length) => string,
  /** Of a step; undefined where it cannot be measured. */
  secondsOf: (experiment: string) => Promise<number | undefined>,
): Promise<string> {
  const { isInTime, proposeLength } = await import('../../session/propose-experiment');
  let text = '';
  for (const proposal of proposals) {
    const untimed = textOf(proposal, proposeLength(imageSize, USUAL_STEP_SECONDS));
    const seconds = (await secondsOf(untimed)) ?? USUAL_STEP_SECONDS;
    text = textOf(proposal, proposeLength(imageSize, seconds));
    if (isInTime(imageSize, seconds)) break;
  }
  return text;
}
