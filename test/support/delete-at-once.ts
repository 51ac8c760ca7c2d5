/**
 * Deletes a folder that a training is writing into. It is renamed first: a file created between the deletion of the
 * others and that of the folder would keep the folder from being deleted.
 */
import { renameSync, rmSync } from 'node:fs';

export function deleteAtOnce(folder: string): void {
  const renamed = `${folder}.deleted`;
  renameSync(folder, renamed);
  rmSync(renamed, { recursive: true });
}
