/** Checks that a run continues with the data that it started with; otherwise it would silently train on other data. */
import { DataError } from '../data/data-error';
import type { Dataset } from '../data/source';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import type { RunData } from '../shared/run-format';

/** Returns the identity of the data, as a run stores it. */
export function runDataOf({ train, heldOut, unpairedInputs, fingerprint }: Dataset): RunData {
  return {
    examples: train.count,
    heldOut: heldOut.count,
    ...(unpairedInputs === undefined ? {} : { inputs: unpairedInputs.train.count }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/**
 * Throws `DataError` if the data differs from what the run recorded.
 *
 * @param recorded undefined in runs of the first version, which continue without the check
 */
export function checkSameData(recorded: RunData | undefined, found: RunData): void {
  if (recorded === undefined) return;
  const counts = (['examples', 'heldOut', 'inputs'] as const).filter((key) => recorded[key] !== found[key]);
  const isOther =
    recorded.fingerprint !== undefined &&
    found.fingerprint !== undefined &&
    recorded.fingerprint !== found.fingerprint;
  if (counts.length === 0 && !isOther) return;
  throw new DataError(
    counts.length === 0
      ? localizable(
          'The data has changed since the run started: it has {0} training examples as before, but different ones.',
          found.examples,
        )
      : localizable(
          'The data has changed since the run started: from {0} to {1}.',
          describe(recorded),
          describe(found),
        ),
    localizable('Restore the data that the run was started with, or start a new run.'),
  );
}

function describe({ examples, heldOut, inputs }: RunData): LocalizableText {
  return inputs === undefined
    ? localizable('{0} training and {1} held-out examples', examples, heldOut)
    : localizable('{0} training examples, {1} inputs and {2} held-out examples', examples, inputs, heldOut);
}
