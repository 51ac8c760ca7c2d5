/** The page of the report: what a colleague asks of a run, from its result to its origin. */
import type { ExperimentConfig } from '../../config/schema';
import { dataSources } from '../../data/registry';
import type { RunHistory } from '../../runs/curves/run-history';
import { flatten } from '../../shared/config-rows';
import type { ShownFinding } from '../../shared/dashboard-protocol';
import { durationInWords } from '../../shared/duration-text';
import type { Language } from '../../shared/language';
import { formatCount, formatValue } from '../../shared/number-text';
import { packageVersion } from '../../shared/package-root';
import { engineText, provenanceRows } from '../../shared/provenance';
import type { RunRecord, RunStatus } from '../../shared/run-format';
import { type BestScore, bestScore, bestScores } from '../../shared/scores';
import { chartFigure } from './chart';
import { chartsOf, scoreTitle, titleOf } from './charts';
import { lessonSection, type ReportedLesson } from './lesson-section';
import { html, Markup } from './markup';
import { STYLE } from './style';
import { type Words, wordsIn } from './texts';

export interface SamplePicture {
  readonly step: number;
  readonly png: Uint8Array;
}

export interface Reported {
  readonly history: RunHistory;
  readonly record: RunRecord;
  readonly status: RunStatus;
  readonly config: ExperimentConfig;
  /** Steps trained. */
  readonly steps: number;
  /** From the course of training, in order. */
  readonly stages: readonly SamplePicture[];
  /** Of the best step by score, or of the last. */
  readonly result?: SamplePicture;
}

export interface Report {
  readonly runs: readonly Reported[];
  /** The lesson that the runs belong to. */
  readonly lesson?: ReportedLesson;
  /** Who hands it in. */
  readonly author?: string;
  readonly language: Language;
}

const MAX_FINDINGS = 50;

export function reportPage({ runs, lesson, author, language }: Report): string {
  const words = wordsIn(language);
  const { t } = words;
  const [first] = runs;
  const title = lesson?.title ?? `${first?.record.experiment} – ${first?.record.id}`;
  return `<!doctype html>\n${
    html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${lesson === undefined ? undefined : lessonSection(lesson, author, words)}
${runs.map((run) => runArticle(run, lesson === undefined ? author : undefined, words))}
<footer>${t('Made with GAN Workbench {0}.', packageVersion())}</footer>
</body>
</html>
`.text
  }`;
}

function runArticle(reported: Reported, author: string | undefined, words: Words): Markup {
  const { t } = words;
  const { history, config, record } = reported;
  return html`<article class="run">
${head(reported, author, words)}
${samplesSection(reported, words)}
<section><h2>${t('Course of training')}</h2><div class="charts">${chartsOf(history, words).map((chart) => chartFigure(chart, words))}</div></section>
${scoresSection(reported, words)}
${findingsSection(history.shownFindings(MAX_FINDINGS), words)}
${configSection(config, words)}
${provenanceSection(record, words)}
</article>`;
}

function head(
  { history, record, status, config, steps }: Reported,
  author: string | undefined,
  words: Words,
): Markup {
  const { t, say, listed } = words;
  const best = bestScore(history.scores);
  const source = dataSources.find(({ name }) => name === config.data.source);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('Data'), source === undefined ? config.data.source : listed(source.title)],
    [t('Licence of the data'), source?.licence ?? t('not stated')],
    [t('Training examples'), record.data === undefined ? undefined : formatCount(record.data.examples)],
    [t('Generator'), config.generator.network],
    [t('Discriminator'), config.discriminator.network],
    [t('Objective'), nameOf(config.objective)],
    [t('Batch size'), formatCount(config.data.batchSize)],
    [t('Steps'), t('{0} of {1}', formatCount(steps), formatCount(record.totalSteps))],
    [t('Training time'), say(durationInWords(record.trainingSeconds))],
    [t('Engine'), say(engineText(record.engine.name, record.engine.threads))],
  ];
  const failure = record.failure?.said?.message;
  return html`<header>
<h1>${record.experiment}</h1>
${author === undefined ? undefined : html`<p class="author">${author}</p>`}
<p class="subtitle">${record.id} · ${listed(status)} · ${dateText(record.createdAt)}</p>
${best === undefined ? undefined : html`<p class="result">${bestText(best, words)}</p>`}
${record.failure === undefined ? undefined : html`<p class="result">${failure === undefined ? record.failure.message : say(failure)}</p>`}
<dl class="facts">${facts.map(([name, value]) => (value === undefined ? undefined : html`<div><dt>${name}</dt><dd>${value}</dd></div>`))}</dl>
</header>`;
}

function nameOf(part: unknown): string {
  return typeof part === 'object' && part !== null && 'name' in part ? String(part.name) : String(part);
}

function bestText({ kind, value, step }: BestScore, { t, listed }: Words): string {
  return t('Best {0}: {1} at step {2}', listed(kind.title), formatValue(value), formatCount(step));
}

function dateText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

function samplesSection({ stages, result, steps }: Reported, words: Words): Markup | undefined {
  if (result === undefined) return undefined;
  const { t } = words;
  const figures = stages.map((sample) => {
    const share = Math.round((100 * sample.step) / Math.max(1, steps));
    const caption = t('{0} %, step {1}', share, formatCount(sample.step));
    return html`<figure>${picture(sample, words)}<figcaption class="caption">${caption}</figcaption></figure>`;
  });
  return html`<section><h2>${t('Samples')}</h2>
<figure class="samples">${picture(result, words)}<figcaption class="caption">${t('Step {0}', formatCount(result.step))}</figcaption></figure>
${figures.length < 2 ? undefined : html`<h3>${t('In the course of training')}</h3><div class="stages">${figures}</div>`}
</section>`;
}

function picture({ step, png }: SamplePicture, { t }: Words): Markup {
  const data = Buffer.from(png).toString('base64');
  return html`<img alt="${t('Samples of step {0}', formatCount(step))}" src="data:image/png;base64,${data}">`;
}

function scoresSection({ history }: Reported, words: Words): Markup | undefined {
  const { t } = words;
  const scores = bestScores(history.scores);
  if (scores.length === 0) return undefined;
  const rows = scores.map(
    ({ kind, value, step, protocol }) => html`<tr>
<td>${scoreTitle(kind.name, words)}</td><td class="number">${formatValue(value)}</td><td class="number">${formatCount(step)}</td>
<td>${kind.better === 'lower' ? t('lower is better') : t('higher is better')}</td><td>${protocol}</td></tr>`,
  );
  return html`<section class="whole"><h2>${t('Scores')}</h2>
<p class="note">${t('The best of each score. Only scores of the same protocol can be compared.')}</p>
<table class="scores"><thead><tr><th>${t('Score')}</th><th class="number">${t('Value')}</th><th class="number">${t('Step')}</th><th></th><th>${t('Protocol')}</th></tr></thead>
<tbody>${rows}</tbody></table></section>`;
}

function findingsSection(findings: readonly ShownFinding[], words: Words): Markup {
  const { t, say, listed } = words;
  const items = findings.map((finding) => {
    const { title, rule, severity, step, message, said, explanation, recoveredAt } = finding;
    const when =
      recoveredAt === undefined
        ? t('step {0}', formatCount(step))
        : t('step {0}, recovered at step {1}', formatCount(step), formatCount(recoveredAt));
    return html`<div class="finding ${recoveredAt === undefined ? severity : 'recovered'}">
<strong>${title === undefined ? titleOf(rule, words) : listed(title)}</strong><span class="when">${when}</span>
<p>${said === undefined ? message : say(said)}</p>${explanation === undefined ? undefined : html`<p class="note">${listed(explanation)}</p>`}</div>`;
  });
  return html`<section><h2>${t('Findings')}</h2>${items.length === 0 ? html`<p>${t('The diagnostics found no problems.')}</p>` : items}</section>`;
}

function configSection(config: ExperimentConfig, { t }: Words): Markup {
  const rows = flatten(config, '').map(
    ([name, value]) => html`<div><span>${name}</span><code>${value}</code></div>`,
  );
  return html`<section><h2>${t('Configuration')}</h2><div class="settings">${rows}</div></section>`;
}

function provenanceSection(
  { experimentFile, createdAt, updatedAt, ...record }: RunRecord,
  { t, say }: Words,
): Markup {
  const { data, parent } = record;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('Run'), record.id],
    [t('Experiment file'), experimentFile],
    [
      parent?.weights === undefined ? t('Continues') : t('Weights from'),
      parent === undefined ? undefined : t('{0}, step {1}', parent.run, formatCount(parent.step)),
    ],
    [t('Begun'), dateText(createdAt)],
    [t('Last change'), dateText(updatedAt)],
    ...provenanceRows(record).map(({ title, value }) => [say(title), say(value)] as const),
    [t('Data fingerprint'), data?.fingerprint],
    [
      t('Examples'),
      data === undefined
        ? undefined
        : t('{0} for training, {1} held out', formatCount(data.examples), formatCount(data.heldOut)),
    ],
  ];
  return html`<section><h2>${t('Provenance')}</h2><table><tbody>${rows.map(([name, value]) =>
    value === undefined ? undefined : html`<tr><th>${name}</th><td>${value}</td></tr>`,
  )}</tbody></table></section>`;
}
