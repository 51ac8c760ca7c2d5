/** Whether this machine belongs to a Slurm cluster. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Whether `sbatch` is on the path. */
export async function hasSlurm({ PATH = '' }: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  for (const folder of PATH.split(delimiter)) {
    const found = await access(join(folder, 'sbatch'), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found && folder !== '') return true;
  }
  return false;
}
