/** Opens dashboards, one for each run and one for each comparison, and says which run the user is looking at. */
import { resolve } from 'node:path';
import type { Host } from '../host';
import type { PagePlacing } from '../pages/show-page';

/** Second argument of *Open Dashboard* that keeps the focus in the tree. */
export const KEEP_FOCUS = 'keepFocus';
/** Second argument of *Open Dashboard* that leaves the page which calls it visible. */
export const BESIDE = 'beside';

type Dashboards = Pick<Host, 'pages'>;

function absolute(folders: readonly string[]): readonly string[] {
  return folders.map((folder) => resolve(folder));
}

/** Shows the dashboard of the runs in these folders; reveals an open one if it exists. */
export async function showDashboard(
  { pages }: Dashboards,
  runFolders: readonly string[],
  placing: PagePlacing = {},
): Promise<void> {
  await pages.dashboard.show(absolute(runFolders), placing);
}

/** Whether the dashboard of this single run is visible: a comparison does not show how runs ended. */
export function isDashboardVisible({ pages }: Dashboards, runFolder: string): boolean {
  return pages.dashboard.find(absolute([runFolder]))?.page.isVisible === true;
}
