/** The classes that the picture of a sample cannot name, for the message that tells where it was saved. */
import { gridIn } from '../pictures/grid-description';
import { readBounded } from '../run-folder/bounded-file';
import { MAX_SAMPLE_BYTES } from '../run-folder/sample-files';
import { numberedClasses } from '../shared/sample-grid';

/** Returns them as `class 0: 猫`. Throws `RunFolderError` and any file system error. */
export async function classesNumberedIn(png: string): Promise<readonly string[]> {
  return numberedClasses(gridIn(await readBounded(png, MAX_SAMPLE_BYTES))?.rowLabels ?? []);
}
