/** Names a job, which may have no folder yet, in a link: arguments of links are JSON. */

export interface JobReference {
  readonly jobId: string;
}

export function isJobReference(target: unknown): target is JobReference {
  return (
    typeof target === 'object' && target !== null && 'jobId' in target && typeof target.jobId === 'string'
  );
}
