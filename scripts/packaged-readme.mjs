// The README for VS Code's extension page, which resolves only absolute web addresses of links and images, not even
// files next to the README in the package.

const RELATIVE_PICTURE = /!\[[^\]]*\]\((?!https:)[^)]*\)/;
const RELATIVE_LINK = /\[([^\]]*)\]\((?!https:|#)[^)]*\)/g;

/** Drops blocks with images that cannot be shown and turns links that would be dead into plain text. */
export function packagedReadme(text) {
  return text
    .split('\n\n')
    .filter((block) => !RELATIVE_PICTURE.test(block))
    .join('\n\n')
    .replace(RELATIVE_LINK, '$1');
}
