import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { scriptedTraining } from '../../test/support/scripted-worker';
import type { StoppedRun } from './training/last-session';

interface ShownItem {
  text: string;
  tooltip?: { readonly value: string; readonly isTrusted?: unknown };
  command?: unknown;
  isShown: boolean;
}

const editor = vi.hoisted((): { item: ShownItem } => ({ item: { text: '', isShown: false } }));

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      values.reduce((filled: string, value, index) => filled.replace(`{${index}}`, String(value)), text),
  },
  MarkdownString: class {
    value = '';
    isTrusted: unknown;
    appendMarkdown(text: string): this {
      this.value += text;
      return this;
    }
    appendText(text: string): this {
      return this.appendMarkdown(text.replaceAll('*', '\\*'));
    }
  },
  StatusBarAlignment: { Left: 1 },
  ThemeIcon: class {},
  ThemeColor: class {},
  window: {
    createStatusBarItem: () =>
      Object.assign(editor.item, {
        show: () => void Object.assign(editor.item, { isShown: true }),
        hide: () => void Object.assign(editor.item, { isShown: false }),
        dispose: () => undefined,
      }),
  },
}));

const { createStatusBarItem } = await import('./status-bar');

function training(stopped: readonly StoppedRun[] = []) {
  const { manager, worker } = scriptedTraining();
  const lastSession = { stopped, events: new EventEmitter<{ changed: [] }>() };
  const item = createStatusBarItem(manager, lastSession);
  lastSession.events.emit('changed');
  onTestFinished(() => void item.dispose());
  const shown = (): ShownItem => {
    vi.advanceTimersByTime(1000);
    return editor.item;
  };
  return { manager, worker, shown };
}

beforeEach(() => {
  vi.useFakeTimers();
  editor.item = { text: '', isShown: false };
  return () => void vi.useRealTimers();
});

const progress = { step: 850, totalSteps: 2000, imagesPerSecond: 45_920.4, etaSeconds: 170 };

it('says how much is done and how long the rest takes, and the details beside', () => {
  const { manager, worker, shown } = training();
  manager.add({ type: 'start', experimentFile: '/w/digits*.gan.json' });
  expect(shown()).toMatchObject({ isShown: true, text: '$(sync~spin) GAN: digits*.gan.json: starting' });
  worker.say({ type: 'opened', runFolder: '/w/gan-runs/00004-digits' });
  worker.say({ type: 'status', status: 'running' });
  worker.say({ type: 'progress', progress });
  expect(shown().text).toBe('$(sync~spin) GAN: 42% · 3 min left');
  expect(shown().tooltip?.value.split('\n\n')).toEqual([
    '**digits\\***' + ' · 00004-digits',
    'Step 850 of 2,000 (42%)',
    '45,920 examples/s · 3 min left',
    expect.stringMatching(
      /^\[Open Dashboard\]\(command:gan\.openDashboard\?\S+\) · \[Pause\]\(command:gan\.pauseTraining\?\S+\) · \[Stop\]\(command:gan\.stopTraining\?\S+\)$/,
    ),
  ]);
  expect(shown().tooltip?.isTrusted).toMatchObject({
    enabledCommands: expect.arrayContaining(['gan.stopTraining']),
  });
  const [, argument = ''] = /openDashboard\?([^)]+)/.exec(shown().tooltip?.value ?? '') ?? [];
  expect(JSON.parse(decodeURIComponent(argument))).toEqual(['/w/gan-runs/00004-digits']);
});

it('offers to resume what is paused, and counts what waits', () => {
  const { manager, worker, shown } = training();
  manager.add({ type: 'resume', runFolder: '/w/gan-runs/00004-digits' });
  manager.add({ type: 'start', experimentFile: '/w/faces.gan.json' });
  worker.say({ type: 'progress', progress });
  worker.say({ type: 'status', status: 'paused' });
  expect(shown().text).toBe('$(debug-pause) GAN: 42% · paused (+1)');
  expect(shown().tooltip?.value).toMatch(
    /\[Resume\].*\[Stop\].*\n\n---\n\nfaces\.gan\.json: waiting · \[Start Now\].* · \[Cancel\]\S+$/,
  );
  expect(shown().tooltip?.isTrusted).toEqual({
    enabledCommands: [
      'gan.openDashboard',
      'gan.resumeTraining',
      'gan.stopTraining',
      'gan.startNow',
      'gan.cancelWaiting',
    ],
  });
  const [, argument = ''] = /startNow\?([^)]+)/.exec(shown().tooltip?.value ?? '') ?? [];
  expect(JSON.parse(decodeURIComponent(argument))).toEqual([{ jobId: manager.jobs[1]?.id }]);
});

it('offers to start or cancel what an earlier window did not get to', () => {
  const { manager, shown } = training();
  manager.hold({ type: 'start', experimentFile: '/w/faces.gan.json' });
  manager.hold({ type: 'start', experimentFile: '/w/ring.gan.json' });
  expect(shown()).toMatchObject({
    text: '$(clock) GAN: faces.gan.json: on hold (+1)',
    command: 'gan.experiments.focus',
  });
  expect(shown().tooltip?.value.match(/\[Start Now\]/g)).toHaveLength(2);
  expect(shown().tooltip?.isTrusted).toEqual({ enabledCommands: ['gan.startNow', 'gan.cancelWaiting'] });
});

it('lists what is on hold below what a reload has stopped', () => {
  const { manager, shown } = training([{ folder: '/w/gan-runs/00004-digits', step: 92, status: 'stopped' }]);
  manager.hold({ type: 'start', experimentFile: '/w/faces.gan.json' });
  expect(shown().text).toBe('$(debug-stop) GAN: stopped at step 92');
  expect(shown().tooltip?.value).toMatch(
    /stopped at step 92.*\[Resume\].*faces\.gan\.json: on hold · \[Start Now\]/s,
  );
});

it('is hidden when nothing is trained', async () => {
  const { manager, worker, shown } = training();
  manager.add({ type: 'start', experimentFile: '/w/ring.gan.json' });
  expect(shown().isShown).toBe(true);
  const ended = new Promise((resolve) => manager.events.once('ended', resolve));
  worker.say({ type: 'ended', status: 'stopped', step: 3 });
  worker.emit('exit', 0);
  await ended;
  expect(shown().isShown).toBe(false);
});

it('says what a reload has stopped until something is trained', () => {
  const { manager, shown } = training([
    { folder: '/w/gan-runs/00004-digits', step: 1092, status: 'stopped' },
  ]);
  expect(shown()).toMatchObject({
    isShown: true,
    text: '$(debug-stop) GAN: stopped at step 1,092',
    command: { arguments: ['/w/gan-runs/00004-digits'] },
  });
  const tooltip = shown().tooltip?.value ?? '';
  expect(tooltip).toContain('00004-digits stopped at step 1,092: the window was reloaded or closed.');
  expect(tooltip).toContain('[Resume](command:gan.resumeTraining?');
  manager.add({ type: 'start', experimentFile: '/w/digits.gan.json' });
  expect(shown().text).toBe('$(sync~spin) GAN: digits.gan.json: starting');
});
