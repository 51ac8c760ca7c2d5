/** The page of the web export: a picture, and the controls that move its latent. */

import type { NetworkFacts } from '../network-facts';
import { html, Markup } from '../report/markup';
import { SCRIPT } from './script';

const STYLE = `
:root { color-scheme: light dark; --muted: #6e7781; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.5rem; font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere; }
.facts, #status { color: var(--muted); margin: .2rem 0 1.2rem; }
main { display: grid; grid-template-columns: minmax(16rem, 26rem) 1fr; gap: 2rem; align-items: start; }
canvas { width: 100%; height: auto; image-rendering: pixelated; border-radius: 6px; background: #8884; }
label { display: grid; grid-template-columns: 7rem 1fr; align-items: center; gap: .8rem; margin: .4rem 0; }
input, select, button { font: inherit; }
input[type=number] { width: 8rem; }
.row { display: flex; gap: .6rem; margin: .8rem 0 1.2rem; }
button { padding: .3rem .9rem; }
@media (max-width: 45rem) { main { grid-template-columns: 1fr; } }
`;

export interface WebSettings {
  readonly size: number;
  readonly prior: 'normal' | 'uniform';
  readonly directions: readonly (readonly number[])[];
  /** Number of classes; 0 for none. */
  readonly classes: number;
}

/** @param files the script that defines `FILES` */
export function webPage(facts: NetworkFacts, settings: WebSettings, files: string): string {
  const { name, run, step, classes } = facts;
  const sliders = settings.directions.map(
    (_, i) =>
      html`<label>Direction ${i + 1}<input type="range" min="-5" max="5" step="0.1" value="0"></label>\n`,
  );
  const options = classes.map((label, i) => html`<option value="${i}">${label}</option>`);
  const chosen =
    classes.length === 0 ? undefined : html`<label>Class<select id="class">${options}</select></label>`;
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body data-state="loading">
<h1>${name}</h1>
<p class="facts">${run}, step ${step}. Generated in this browser; nothing is sent anywhere.</p>
<main>
<canvas id="picture" width="64" height="64" role="img" aria-label="Sample"></canvas>
<div>
<label>Seed<input id="seed" type="number" value="1" min="0"></label>
${chosen}
<div class="row"><button id="again">New sample</button><button id="reset">Reset directions</button></div>
<div class="directions">${sliders}</div>
<p id="status" role="status">Loading the generator…</p>
</div>
</main>
<script src="${files}"></script>
<script type="module">
const SETTINGS = ${new Markup(JSON.stringify(settings))};
${new Markup(SCRIPT)}</script>
</body>
</html>
`.text
  }`;
}
