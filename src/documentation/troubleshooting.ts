/** Turns the rules that watch training into a page of documentation: what each says of itself, and what it suggests. */
import type { Rule, RuleContext } from '../diagnostics/rule';
import { filled } from '../shared/said';

/** Where the page comes from, for whoever would edit it. */
const GENERATED =
  '<!-- Generated from the code by `npm run docs`: change the texts in the rule’s own file. -->';

const INTRODUCTION =
  'While a GAN trains, rules watch its losses, scores, gradients and samples. What they find stands in `gan train`’s output, in the run’s `metrics.jsonl`, in the tree and on the dashboard, each with the numbers that it rests on and changes to the experiment that can be tried. **GAN: Apply Finding…**, or `gan resume RUN --from STEP --set key=value`, makes a new run with such a change: it goes on from the checkpoint where the networks still fit it, and begins anew where they do not. The parent and the difference are kept in the new run’s `run.json`.';

/** @param example a run for which the suggestions are shown */
export function troubleshootingText(rules: readonly Rule[], example: RuleContext): string {
  const contents = rules.map(({ name, title }) => `- [${title}](#${name})`).join('\n');
  const sections = rules.map((rule) => ruleText(rule, example));
  return `${['# What goes wrong, and what helps', GENERATED, INTRODUCTION, contents, ...sections].join('\n\n')}\n`;
}

function ruleText(rule: Rule, example: RuleContext): string {
  const { name, title, symptom, explanation, limits } = rule;
  const suggestions = rule.suggestions(example).map(({ title }) => `- ${filled(title)}`);
  return [
    `## ${name}`,
    `**${title}.** ${symptom}`,
    `*Why:* ${explanation}`,
    ...(limits === undefined ? [] : [`*Limits:* ${limits}`]),
    '*What is suggested*, as far as the experiment has it otherwise (here for two-dimensional points with the model `toy2d` the minimax loss, and without regularisers and averages):',
    suggestions.join('\n'),
  ].join('\n\n');
}
