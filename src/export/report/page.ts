/** The page of the report: what a colleague asks of a run, from its result to its origin. */
import type { ExperimentConfig } from '../../config/schema';
import { dataSources } from '../../data/registry';
import type { RunHistory } from '../../runs/curves/run-history';
import { flatten } from '../../shared/config-rows';
import type { ShownFinding } from '../../shared/dashboard-protocol';
import { durationInWords } from '../../shared/duration-text';
import { formatText } from '../../shared/localizable-text';
import { formatCount, formatValue } from '../../shared/number-text';
import { engineText, provenanceRows } from '../../shared/provenance';
import type { RunRecord, RunStatus } from '../../shared/run-format';
import { type BestScore, bestScore, bestScores } from '../../shared/scores';
import { chartFigure } from './chart';
import { chartsOf, scoreTitle, titleOf } from './charts';
import { html, Markup } from './markup';
import { STYLE } from './style';

export interface SamplePicture {
  readonly step: number;
  readonly png: Uint8Array;
}

export interface Reported {
  readonly history: RunHistory;
  readonly record: RunRecord;
  readonly status: RunStatus;
  readonly config: ExperimentConfig;
  /** The last one is shown large. */
  readonly samples: readonly SamplePicture[];
}

const MAX_FINDINGS = 50;

export function reportPage(reported: Reported): string {
  const { record } = reported;
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${record.experiment} – ${record.id}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${head(reported)}
${samplesSection(reported.samples)}
<section><h2>Training</h2><div class="charts">${chartsOf(reported.history).map(chartFigure)}</div></section>
${scoresSection(reported)}
${findingsSection(reported.history.shownFindings(MAX_FINDINGS))}
${configSection(reported.config)}
${provenanceSection(record)}
<footer>Made with GAN Workbench ${record.versions.workbench}.</footer>
</body>
</html>
`.text
  }`;
}

function head({ history, record, status, config }: Reported): Markup {
  const best = bestScore(history.scores);
  const source = dataSources.find(({ name }) => name === config.data.source)?.title ?? config.data.source;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Data', source],
    ['Training examples', record.data === undefined ? undefined : formatCount(record.data.examples)],
    ['Generator', config.generator.network],
    ['Discriminator', config.discriminator.network],
    ['Objective', nameOf(config.objective)],
    ['Batch size', formatCount(config.data.batchSize)],
    ['Steps', `${formatCount(record.step)} of ${formatCount(record.totalSteps)}`],
    ['Training time', formatText(durationInWords(record.trainingSeconds))],
    ['Engine', formatText(engineText(record.engine.name, record.engine.threads))],
  ];
  return html`<header>
<h1>${record.experiment}</h1>
<p class="subtitle">${record.id} · ${status} · ${dateText(record.createdAt)}</p>
${best === undefined ? undefined : html`<p class="result">${bestText(best)}</p>`}
${record.failure === undefined ? undefined : html`<p class="result">${record.failure.message}</p>`}
<dl class="facts">${facts.map(([name, value]) => (value === undefined ? undefined : html`<div><dt>${name}</dt><dd>${value}</dd></div>`))}</dl>
</header>`;
}

function nameOf(part: unknown): string {
  return typeof part === 'object' && part !== null && 'name' in part ? String(part.name) : String(part);
}

function bestText({ kind, value, step }: BestScore): Markup {
  return html`Best ${kind.title}: <strong>${formatValue(value)}</strong> at step ${formatCount(step)}`;
}

function dateText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

function samplesSection(samples: readonly SamplePicture[]): Markup | undefined {
  const shown = samples.at(-1);
  if (shown === undefined) return undefined;
  const stages = samples
    .slice(0, -1)
    .map(
      (sample) =>
        html`<figure>${picture(sample)}<figcaption class="caption">Step ${formatCount(sample.step)}</figcaption></figure>`,
    );
  return html`<section><h2>Samples</h2>
<figure class="samples">${picture(shown)}<figcaption class="caption">Step ${formatCount(shown.step)}</figcaption></figure>
${stages.length === 0 ? undefined : html`<div class="stages">${stages}</div>`}
</section>`;
}

function picture({ step, png }: SamplePicture): Markup {
  const data = Buffer.from(png).toString('base64');
  return html`<img alt="Samples of step ${formatCount(step)}" src="data:image/png;base64,${data}">`;
}

function scoresSection({ history }: Reported): Markup | undefined {
  const scores = bestScores(history.scores);
  if (scores.length === 0) return undefined;
  const rows = scores.map(
    ({ kind, value, step, protocol }) => html`<tr>
<td>${scoreTitle(kind.name)}</td><td class="number">${formatValue(value)}</td><td class="number">${formatCount(step)}</td>
<td>${kind.better} is better</td><td>${protocol}</td></tr>`,
  );
  return html`<section><h2>Scores</h2>
<p class="note">The best of each score. Only scores of the same protocol can be compared.</p>
<table class="scores"><thead><tr><th>Score</th><th class="number">Value</th><th class="number">Step</th><th></th><th>Protocol</th></tr></thead>
<tbody>${rows}</tbody></table></section>`;
}

function findingsSection(findings: readonly ShownFinding[]): Markup {
  const items = findings.map(({ title, rule, severity, step, message, explanation, recoveredAt }) => {
    const recovery = recoveredAt === undefined ? '' : `, recovered at step ${formatCount(recoveredAt)}`;
    return html`<div class="finding ${recoveredAt === undefined ? severity : 'recovered'}">
<strong>${title ?? titleOf(rule)}</strong><span class="when">step ${formatCount(step)}${recovery}</span>
<p>${message}</p>${explanation === undefined ? undefined : html`<p class="note">${explanation}</p>`}</div>`;
  });
  return html`<section><h2>Findings</h2>${items.length === 0 ? html`<p>The diagnostics found no problems.</p>` : items}</section>`;
}

function configSection(config: ExperimentConfig): Markup {
  const rows = flatten(config, '').map(
    ([name, value]) => html`<div><span>${name}</span><code>${value}</code></div>`,
  );
  return html`<section><h2>Configuration</h2><div class="settings">${rows}</div></section>`;
}

function provenanceSection({ experimentFile, createdAt, updatedAt, ...record }: RunRecord): Markup {
  const { data, parent } = record;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Run', record.id],
    ['Experiment file', experimentFile],
    [
      parent?.weights === undefined ? 'Continues' : 'Weights from',
      parent === undefined ? undefined : `${parent.run}, step ${formatCount(parent.step)}`,
    ],
    ['Begun', dateText(createdAt)],
    ['Last change', dateText(updatedAt)],
    ...provenanceRows(record).map(({ title, value }) => [formatText(title), formatText(value)] as const),
    ['Data fingerprint', data?.fingerprint],
    [
      'Examples',
      data === undefined
        ? undefined
        : `${formatCount(data.examples)} for training, ${formatCount(data.heldOut)} held out`,
    ],
  ];
  return html`<section><h2>Provenance</h2><table><tbody>${rows.map(([name, value]) =>
    value === undefined ? undefined : html`<tr><th>${name}</th><td>${value}</td></tr>`,
  )}</tbody></table></section>`;
}
