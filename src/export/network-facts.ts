/** What a file says of the network in it, for people and programs that have nothing but the file. */
import { dataSources } from '../data/registry';
import { readRunRecord } from '../run-folder/run-record';
import { classNamesOf } from '../session/row-labels';
import type { OpenedGenerator } from '../session/stored-run';
import { localizable } from '../shared/localizable-text';
import { packageVersion } from '../shared/package-root';
import type { InferenceNetwork } from '../training/task';
import { type ExportContext, ExportError } from './exporter';

export interface NetworkFacts {
  readonly name: string;
  readonly run: string;
  readonly step: number;
  readonly workbench: string;
  readonly network: InferenceNetwork['name'];
  readonly weights: 'averaged' | 'current';
  /** Of the latents; undefined for networks that start from images. */
  readonly prior?: 'normal' | 'uniform';
  readonly latentSize?: number;
  /** Names of the classes, in order; empty without classes. */
  readonly classes: readonly string[];
  readonly dataLicence?: string;
}

export interface ChosenNetwork {
  readonly network: InferenceNetwork;
  readonly generator: OpenedGenerator;
  readonly facts: NetworkFacts;
}

/** Throws `ExportError` if the run has no such network. */
export async function chosenNetwork(context: ExportContext): Promise<ChosenNetwork> {
  const { runFolder, config, isRaw } = context;
  const generator = await context.openGenerator();
  const network = generator.task.networks.find(({ name }) => name === context.network);
  if (network === undefined)
    throw new ExportError(
      localizable('This run learns only one direction.'),
      localizable('Leave out --back: it is for runs that learn both directions.'),
    );
  const record = await readRunRecord(runFolder);
  const values = Object.values(network.inputs);
  const latents = values.find((value) => value.kind === 'latents')?.space;
  const classes = values.find((value) => value.kind === 'classes')?.count ?? 0;
  const licence = dataSources.find(({ name }) => name === config.data.source)?.licence;
  return {
    network,
    generator,
    facts: {
      name: record.experiment,
      run: record.id,
      step: generator.step,
      workbench: packageVersion(),
      network: network.name,
      weights: network.isAveraged && !isRaw ? 'averaged' : 'current',
      ...(latents === undefined ? {} : { prior: latents.prior, latentSize: latents.size }),
      classes: classes === 0 ? [] : await classNamesOf(runFolder, classes),
      ...(licence === undefined ? {} : { dataLicence: licence }),
    },
  };
}

/** The facts as texts, for the metadata of a file. */
export function metadataOf({ classes, ...plain }: NetworkFacts): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, String(value)])),
    ...(classes.length === 0 ? {} : { classes: JSON.stringify(classes) }),
  };
}
