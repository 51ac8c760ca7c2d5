// The README as VS Code's extension page can show it: that page takes links and pictures with an address on the web
// and no others, not even of files that lie beside the README in the package.

const RELATIVE_PICTURE = /!\[[^\]]*\]\((?!https:)[^)]*\)/;
const RELATIVE_LINK = /\[([^\]]*)\]\((?!https:|#)[^)]*\)/g;

/** Blocks with pictures that cannot be shown are left out, and links that lead nowhere become plain text. */
export function packagedReadme(text) {
  return text
    .split('\n\n')
    .filter((block) => !RELATIVE_PICTURE.test(block))
    .join('\n\n')
    .replace(RELATIVE_LINK, '$1');
}
