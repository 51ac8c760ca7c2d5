import { expect, it } from 'vitest';
import { webviewPage } from './page-html';

const page = webviewPage({
  cspSource: 'https://files.test',
  title: 'A page',
  nonce: 'abc',
  script: 'https://files.test/main.js',
  style: 'https://files.test/main.css',
  icons: 'https://files.test/codicons.css',
  language: 'en',
  texts: { 'Say "<b>"': 'Sag "<b>&"' },
});

it('lets in nothing but its own files', () => {
  const policy = /content="(default-src[^"]*)"/.exec(page)?.[1]?.split('; ');
  expect(policy).toEqual([
    "default-src 'none'",
    'img-src blob:',
    'font-src https://files.test',
    'style-src https://files.test',
    "script-src 'nonce-abc'",
  ]);
});

it('has nothing inline', () => {
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).toMatch(/<script type="module" nonce="abc" src="[^"]+"><\/script>/);
  expect(page).not.toMatch(/<style|style=|\son\w+=/);
});

it('carries the translations as they are', () => {
  const content = /<meta name="texts" content="([^"]*)">/.exec(page)?.[1] ?? '';
  expect(content).not.toContain('<');
  const text = content.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  expect(JSON.parse(text)).toEqual({ 'Say "<b>"': 'Sag "<b>&"' });
});
