/**
 * The contributors' tooling names only existing scripts, files and tasks: the editor's and GitHub's configuration, and
 * the guides.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { type ParseError, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import biome from '../../biome.json';
import manifest from '../../package.json';

const root = join(__dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const scripts = Object.keys(manifest.scripts);
const WORKFLOWS = '.github/workflows';
const FORMS = '.github/ISSUE_TEMPLATE';

/** Parses JSON with comments, as VS Code reads its own files. */
function jsonc(path: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text(path), errors, { allowTrailingComma: true });
  expect(errors, path).toEqual([]);
  return value;
}

/** Returns the npm scripts and the Node.js files that a text would run. */
function commandsIn(script: string): { readonly npm: string[]; readonly files: string[] } {
  const all = (pattern: RegExp): string[] => [...script.matchAll(pattern)].map((match) => match[1] ?? '');
  return { npm: all(/npm run (?:--silent )?([\w:-]+)/g), files: all(/\bnode ((?:[\w-]+\/)*[\w-]+\.mjs)/g) };
}

function expectCommands(script: string, where: string): void {
  const { npm, files } = commandsIn(script);
  expect(
    npm.filter((name) => !scripts.includes(name)),
    where,
  ).toEqual([]);
  expect(
    files.filter((file) => !existsSync(join(root, file))),
    where,
  ).toEqual([]);
}

describe('the files of the editor', () => {
  const { tasks } = z
    .object({
      tasks: z.array(z.looseObject({ type: z.literal('npm'), script: z.string(), label: z.string() })),
    })
    .parse(jsonc('.vscode/tasks.json'));
  const launch = z
    .object({
      configurations: z.array(
        z.looseObject({
          name: z.string(),
          preLaunchTask: z.string().optional(),
          program: z.string().optional(),
          args: z.array(z.string()).optional(),
        }),
      ),
      inputs: z.array(z.looseObject({ id: z.string(), options: z.array(z.string()).optional() })),
    })
    .parse(jsonc('.vscode/launch.json'));

  it('have tasks for scripts that there are', () => {
    expect(tasks.map(({ script }) => script).filter((script) => !scripts.includes(script))).toEqual([]);
    for (const { script, label } of tasks) expect(label).toBe(`npm: ${script}`);
  });

  it('recognise what `npm run watch` prints', () => {
    const watch = z
      .object({
        problemMatcher: z.object({
          pattern: z.object({ regexp: z.string() }),
          background: z.object({ beginsPattern: z.string(), endsPattern: z.string() }),
        }),
      })
      .parse(tasks.find(({ script }) => script === 'watch'));
    const { pattern, background } = watch.problemMatcher;
    const reporter = text('scripts/report-rebuilds.mjs');
    const printed = [...reporter.matchAll(/'(Buil[^']*)'/g)].map((match) => match[1] ?? '');
    const matching = (regexp: string): string[] => printed.filter((line) => new RegExp(regexp).test(line));
    expect(matching(background.beginsPattern)).toEqual(['Building …']);
    expect(matching(background.endsPattern)).toEqual(['Built without errors.', 'Built with problems.']);
    expect('src/extension.ts:3:8: error: Could not resolve "x"').toMatch(new RegExp(pattern.regexp));
  });

  it('launch programs that there are, after tasks that there are, on examples that there are', () => {
    const labels: unknown[] = tasks.map(({ label }) => label);
    for (const { name, preLaunchTask, program = '' } of launch.configurations) {
      if (preLaunchTask !== undefined) expect(labels, name).toContain(preLaunchTask);
      const file = program.replace(/^\$\{workspaceFolder\}\//, '');
      if (file.startsWith('dist/'))
        expect(text('esbuild.mjs'), name).toContain(`'${file.slice('dist/'.length)}'`);
      else expect(existsSync(join(root, file)), `${name}: ${file}`).toBe(true);
    }
    const examples = launch.inputs.find(({ id }) => id === 'example')?.options ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect(existsSync(join(root, 'examples', `${example}.gan.json`))).toBe(true);
    const used = [...text('.vscode/launch.json').matchAll(/\$\{input:(\w+)\}/g)].map((match) => match[1]);
    expect(new Set(used)).toEqual(new Set(launch.inputs.map(({ id }) => id)));
  });

  it('indent and break lines as the formatter does', () => {
    const general =
      text('.editorconfig')
        .split(/^\[\*\]$/m)[1]
        ?.split(/^\[/m)[0] ?? '';
    const settings = Object.fromEntries(
      [...general.matchAll(/^(\w+) = (\S+)$/gm)].map(([, key, value]) => [key, value]),
    );
    expect(settings).toMatchObject({
      indent_style: biome.formatter.indentStyle,
      indent_size: String(biome.formatter.indentWidth),
      max_line_length: String(biome.formatter.lineWidth),
    });
  });
});

describe('the files of GitHub', () => {
  const workflow = z.object({
    on: z.record(z.string(), z.unknown()),
    jobs: z.record(
      z.string(),
      z.looseObject({
        uses: z.string().optional(),
        steps: z
          .array(z.looseObject({ uses: z.string().optional(), run: z.string().optional() }))
          .default([]),
      }),
    ),
  });

  it.each(readdirSync(join(root, WORKFLOWS)))(
    '%s runs what there is, by actions of a major version',
    (name) => {
      const { jobs } = workflow.parse(load(text(`${WORKFLOWS}/${name}`)));
      const steps = Object.values(jobs).flatMap((job) => [
        ...job.steps,
        ...(job.uses === undefined ? [] : [job]),
      ]);
      expect(steps.length).toBeGreaterThan(0);
      for (const { uses, run } of steps) {
        if (uses?.startsWith('./')) expect(existsSync(join(root, uses)), uses).toBe(true);
        else if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
        if (typeof run === 'string') expectCommands(run, name);
      }
    },
  );

  it.each(readdirSync(join(root, FORMS)).filter((name) => name !== 'config.yml'))(
    '%s is an issue form',
    (name) => {
      const field = z.discriminatedUnion('type', [
        z.object({
          type: z.enum(['textarea', 'input']),
          id: z.string(),
          attributes: z.looseObject({ label: z.string() }),
          validations: z.object({ required: z.boolean() }).optional(),
        }),
        z.object({
          type: z.literal('checkboxes'),
          id: z.string(),
          attributes: z.looseObject({ label: z.string(), options: z.array(z.object({ label: z.string() })) }),
        }),
      ]);
      const form = z
        .strictObject({
          name: z.string(),
          description: z.string(),
          labels: z.array(z.string()),
          body: z.array(field),
        })
        .parse(load(text(`${FORMS}/${name}`)));
      const ids = form.body.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  it('name one repository everywhere', () => {
    const address = manifest.repository.url.replace(/\.git$/, '');
    expect(manifest.homepage.startsWith(`${address}#`)).toBe(true);
    expect(manifest.bugs.url).toBe(`${address}/issues`);
    expect(text(`${FORMS}/config.yml`)).toContain(`${address}/`);
  });
});

describe('scripts of npm', () => {
  it('run files that there are', () => {
    for (const [name, script] of Object.entries(manifest.scripts)) expectCommands(script, name);
  });
});

describe.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', (page) => {
  const content = text(page);
  const code = [...content.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(
    (match) => match[1] ?? '',
  );

  it('names files and folders that there are', () => {
    const paths = code.filter((word) =>
      /^(?:\.ci|\.github|\.vscode|bench|docs|examples|l10n|scripts|src|test|types|webview)\/[\w./-]+$/.test(
        word,
      ),
    );
    expect(paths.length).toBeGreaterThan(0);
    // NAME is a placeholder for a new file; its folder must exist.
    const real = paths.map((path) => (path.includes('NAME') ? dirname(`${path.split('NAME')[0]}x`) : path));
    expect(real.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('links to files that there are', () => {
    const links = [...content.matchAll(/\]\((?!https:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  it('names scripts that there are', () => expectCommands(content, page));
});
