/**
 * The HTML of our webviews: a content security policy that admits only our own files, and an empty body for the script.
 */

export interface PageSources {
  /** Source of the extension's files in policies, from VS Code. */
  readonly cspSource: string;
  readonly title: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly icons: string;
  /** Language of the text in the page, e.g. `en`. */
  readonly language: string;
  /** Translations of the webview's texts, by English text. */
  readonly texts: Readonly<Record<string, string>>;
}

function asAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/**
 * Nothing is inline and nothing is evaluated. Sample images reach the webview as bytes and are shown as blobs. The
 * icons are a separate file because each icon element links to it by this id.
 */
export function webviewPage({
  cspSource,
  title,
  nonce,
  script,
  style,
  icons,
  language,
  texts,
}: PageSources): string {
  const policy = [
    "default-src 'none'",
    'img-src blob:',
    `font-src ${cspSource}`,
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${icons}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${style}">
<meta name="texts" content="${asAttribute(JSON.stringify(texts))}">
<title>${title}</title>
</head>
<body>
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
