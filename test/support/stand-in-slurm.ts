/** Stand-ins for the commands of a Slurm cluster: they print what Slurm prints, about a queue that a test fills. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `--jobs=7,8`: of a single job that it does not know, squeue says so and fails; of several, it leaves it out. */
const SQUEUE = `#!/bin/sh
for argument; do case $argument in --jobs=*) jobs=\${argument#--jobs=};; esac; done
case $jobs in *,*) ;; *)
  [ -e "$QUEUE/$jobs" ] || { echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1; } ;;
esac
echo "$jobs" >> "$QUEUE/asked"
for job in $(echo "$jobs" | tr , ' '); do
  [ ! -e "$QUEUE/$job" ] || sed "s/^/$job|/" "$QUEUE/$job"
done
`;

/** Takes out what waits, or with a plain number the whole job. */
const SCANCEL = `#!/bin/sh
echo "$*" >> "$QUEUE/cancelled"
for argument; do job=$argument; done
[ -e "$QUEUE/$job" ] || { echo "scancel: error: Kill job error on job id $job: Invalid job id specified" >&2; exit 1; }
case "$*" in
  *--state=PENDING*) sed -i '/^PENDING/d' "$QUEUE/$job";;
  *) : > "$QUEUE/$job";;
esac
`;

const SBATCH = `#!/bin/sh
job=$(( $(cat "$QUEUE/last" 2>/dev/null || echo 41) + 1 ))
echo $job > "$QUEUE/last"
for argument; do script=$argument; done
tasks=$(sed -n 's/^#SBATCH --array=1-\\([0-9]*\\).*/\\1/p' "$script")
for task in $(seq "\${tasks:-1}"); do echo 'PENDING|(Priority)'; done > "$QUEUE/$job"
echo $job
`;

export class StandInSlurm {
  readonly #queue: string;
  readonly #programs: string;

  /** @param folder an existing one, for the commands and the queue */
  constructor(folder: string) {
    this.#queue = join(folder, 'queue');
    this.#programs = join(folder, 'programs');
    mkdirSync(this.#queue);
    mkdirSync(this.#programs);
    for (const [name, script] of Object.entries({ squeue: SQUEUE, scancel: SCANCEL, sbatch: SBATCH })) {
      const file = join(this.#programs, name);
      writeFileSync(file, script.replace('\n', `\nQUEUE='${this.#queue}'\n`));
      chmodSync(file, 0o755);
    }
  }

  /** For processes that are to find the commands. */
  get path(): string {
    return `${this.#programs}${delimiter}${process.env.PATH ?? ''}`;
  }

  /** @param tasks such as `PENDING|(Priority)` or `RUNNING|node1`; undefined for a job that Slurm has forgotten */
  setQueue(job: number, tasks: readonly string[] | undefined): void {
    const file = join(this.#queue, String(job));
    if (tasks === undefined) rmSync(file, { force: true });
    else writeFileSync(file, tasks.map((task) => `${task}\n`).join(''));
  }

  /** The arguments of each call of `scancel`. */
  get cancelled(): string[] {
    return this.#lines('cancelled');
  }

  #lines(name: string): string[] {
    const file = join(this.#queue, name);
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }
}
