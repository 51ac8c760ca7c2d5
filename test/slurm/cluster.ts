/**
 * A Slurm cluster on this machine alone: a controller, nodes of one processor each, and an authentication of its own. All
 * of it lives in one folder, listens on ports of its own, and ends with the test.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

const PORT = 27_800;
const POLL_INTERVAL_MS = 250;
const START_LIMIT_MS = 60_000;

function configuration(folder: string, nodes: number): string {
  const host = hostname().split('.')[0];
  const lines = Array.from(
    { length: nodes },
    (_, index) => `NodeName=node${index + 1} NodeHostname=${host} Port=${PORT + 1 + index} CPUs=1`,
  );
  return `
ClusterName=test
SlurmctldHost=${host}
SlurmctldPort=${PORT}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket,cred_expire=10
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool-%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd-%n.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
JobCompType=jobcomp/none
AccountingStorageType=accounting_storage/none
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
SchedulerParameters=sched_interval=1,bf_interval=1
KillWait=20
${lines.join('\n')}
PartitionName=work Nodes=node[1-${nodes}] Default=YES MaxTime=INFINITE State=UP PriorityTier=1 PreemptMode=REQUEUE GraceTime=20
PartitionName=urgent Nodes=node[1-${nodes}] MaxTime=INFINITE State=UP PriorityTier=10 PreemptMode=OFF
`;
}

export class SlurmCluster {
  readonly #folder: string;
  readonly #nodes: number;
  readonly environment: NodeJS.ProcessEnv;

  constructor(folder: string, nodes: number) {
    this.#folder = folder;
    this.#nodes = nodes;
    this.environment = { ...process.env, SLURM_CONF: join(folder, 'slurm.conf') };
  }

  /** Throws what a daemon says that does not start. */
  async start(): Promise<void> {
    const folder = this.#folder;
    for (const name of ['munge', 'state']) mkdirSync(join(folder, name), { mode: 0o755 });
    const key = join(folder, 'munge', 'key');
    writeFileSync(key, randomBytes(1024), { mode: 0o400 });
    writeFileSync(join(folder, 'slurm.conf'), configuration(folder, this.#nodes));
    const munge = ['key-file', 'socket', 'pid-file', 'log-file', 'seed-file'].map(
      (option) => `--${option}=${join(folder, 'munge', option.replace('-file', ''))}`,
    );
    this.run('munged', ['--force', ...munge]);
    const conf = join(folder, 'slurm.conf');
    this.run('slurmctld', ['-c', '-f', conf]);
    for (let node = 1; node <= this.#nodes; node++) this.run('slurmd', ['-f', conf, '-N', `node${node}`]);
    const end = performance.now() + START_LIMIT_MS;
    await this.until(() => {
      if (performance.now() > end) throw new Error(`the nodes are not idle after a minute; see ${folder}`);
      return this.run('sinfo', ['--noheader', '--format=%T %D']).includes(`idle ${this.#nodes}`);
    });
  }

  stop(): void {
    for (const name of [
      'slurmctld.pid',
      'munge/pid',
      ...this.#nodeNames().map((node) => `slurmd-${node}.pid`),
    ]) {
      try {
        process.kill(Number(readFileSync(join(this.#folder, name), 'utf8')), 'SIGKILL');
      } catch {
        // It has not started.
      }
    }
  }

  #nodeNames(): string[] {
    return Array.from({ length: this.#nodes }, (_, index) => `node${index + 1}`);
  }

  /** Returns standard output. Throws if the program fails. */
  run(program: string, args: readonly string[], cwd?: string): string {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      encoding: 'utf8',
      env: this.environment,
      ...(cwd === undefined ? {} : { cwd }),
    });
    if (error !== undefined) throw error;
    if (status !== 0)
      throw new Error(`${program} ${args.join(' ')} exited with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  /** A wait without result is ended by the timeout of the test. */
  async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}
