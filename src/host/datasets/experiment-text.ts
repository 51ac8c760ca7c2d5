/** The experiment that an import begins with: short, commented, and ready to be started. */

export interface ImportAnswers {
  readonly labels: 'folders' | 'none';
  readonly imageSize: number;
  readonly fit: 'crop' | 'letterbox' | 'stretch';
}

/** @param path of the folder of pictures, as the experiment names it */
export function experimentText(
  path: string,
  { labels, imageSize, fit }: ImportAnswers,
  comment: string,
): string {
  return `{
  // ${comment}
  "data": {
    "source": "folder",
    "folder": ${JSON.stringify(path)},
    "labels": "${labels}",
    "imageSize": ${imageSize},
    "fit": "${fit}"
  },
  "model": "dcgan",
  "length": { "steps": 2000 }
}
`;
}
