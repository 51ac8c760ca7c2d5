/**
 * An exporter. To add one, create a file in this folder, list it in `registry.ts`, and describe its format in
 * `src/shared/export-formats.ts`.
 */
import type { ExperimentConfig } from '../config/schema';
import type { OpenedGenerator } from '../session/stored-run';
import { WorkbenchError } from '../shared/errors';
import type { Language } from '../shared/language';

/** What is asked of an export does not fit the run or the format. */
export class ExportError extends WorkbenchError {}

/** Which of the run's networks, as options of the command line name them. */
export type NetworkName = OpenedGenerator['task']['networks'][number]['name'];

export interface ExportOptions {
  readonly network: NetworkName;
  /** Uses the weights of the step instead of their running average. */
  readonly isRaw: boolean;
  readonly frames: FrameOptions;
  readonly walk: WalkOptions;
  /** Of reports. */
  readonly language: Language;
  /** Who hands in a report. */
  readonly author?: string;
}

/** Of animations. */
export interface FrameOptions {
  /** In pixels; by default that of the samples. */
  readonly width?: number;
  /** By default as suits the animation. */
  readonly perSecond?: number;
}

/** Of a walk through the latents. */
export interface WalkOptions {
  readonly seconds: number;
  /** Number of images in a frame. */
  readonly count: number;
  readonly seed: number;
  /** Seeds of the latents to pass by, as the latent explorer numbers them; there is one image then. */
  readonly seeds?: readonly number[];
  /** A `.npy` file of latents to pass by, after those of the seeds. */
  readonly latentFile?: string;
  /** The class of all images; by default each in turn. */
  readonly label?: number;
}

/** What an export uses unless asked otherwise. */
export const DEFAULT_OPTIONS: ExportOptions = {
  network: 'generator',
  isRaw: false,
  frames: {},
  walk: { seconds: 8, count: 16, seed: 0 },
  language: 'en',
};

export interface ExportContext extends ExportOptions {
  readonly runFolder: string;
  /** Where the result will be; its ending can choose between forms. */
  readonly path: string;
  readonly config: ExperimentConfig;
  /** Opens the chosen checkpoint; only the first call does so. Throws `CheckpointError`. */
  openGenerator(): Promise<OpenedGenerator>;
  report(done: number, total: number): void;
}

/** @param place a file to create, or an empty folder */
export type Exporter = (context: ExportContext, place: string) => Promise<void>;
