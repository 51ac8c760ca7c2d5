/** The sections of the dashboard, with the pages that have them. Their order is that of the page within each slot. */
import { ComparedRuns } from './comparison/compared-runs';
import { DifferenceTable } from './comparison/difference-table';
import { Configuration } from './config';
import { CurveSection } from './curves/section';
import { FindingsList } from './findings';
import { FinishedRun } from './finished-run';
import { Header } from './header';
import { ImageDrops } from './image-drops';
import { Interventions } from './interventions/section';
import { NetworkTables } from './networks';
import { SampleSection } from './samples/section';
import type { SectionEntry } from './section';

export const SECTIONS: readonly SectionEntry[] = [
  { create: () => new Header(), slot: 'head', pages: ['run'] },
  { create: (page) => new ComparedRuns(page), slot: 'head', pages: ['comparison'] },
  { create: () => new FinishedRun(), slot: 'above', pages: ['run'] },
  { create: () => new FindingsList(), slot: 'above', pages: ['run'] },
  { create: (page) => new DifferenceTable(page), slot: 'above', pages: ['comparison'] },
  { create: (page) => new CurveSection(page), slot: 'columns', pages: ['run', 'comparison'] },
  { create: (page) => new SampleSection(page), slot: 'columns', pages: ['run', 'comparison'] },
  { create: () => new Interventions(), slot: 'below', pages: ['run'] },
  { create: () => new NetworkTables(), slot: 'below', pages: ['run'] },
  { create: () => new Configuration(), slot: 'below', pages: ['run'] },
  { create: () => new ImageDrops(), slot: 'below', pages: ['run'] },
];
