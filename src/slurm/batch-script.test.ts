import { expect, it } from 'vitest';
import { batchScript } from './batch-script';
import { resourcesFrom, slurmOptions } from './options';
import { slurmPlace } from './slurm';

const job = {
  name: 'gan-digits',
  purpose: 'Trains trials of the sweep 00001-digits.',
  command: ['/usr/bin/node', '/opt/gan.cjs', 'sweep', 'work', "/home/me/it's here"],
  tasks: 12,
  outputFolder: '/home/me/out',
};

it('asks for what the sweep says, and replaces the shell by the worker', () => {
  const options = slurmOptions.parse({
    partition: 'gpu',
    time: '2:00:00',
    cpus: 8,
    gpus: 1,
    memory: '16G',
    concurrent: 4,
    setup: ['module load nodejs'],
    options: ['--account=vision'],
  });
  expect(batchScript({ ...job, options })).toBe(`#!/bin/bash
# Trains trials of the sweep 00001-digits.
#SBATCH --job-name=gan-digits
#SBATCH --array=1-12%4
#SBATCH --output=/home/me/out/slurm-%A_%a.txt
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --cpus-per-task=8
#SBATCH --partition=gpu
#SBATCH --time=2:00:00
#SBATCH --signal=B:TERM@120
#SBATCH --gpus=1
#SBATCH --mem=16G
#SBATCH --account=vision

module load nodejs
exec /usr/bin/node /opt/gan.cjs sweep work '/home/me/it'\\''s here'
`);
});

it('quotes names and folders with spaces, at which sbatch would end an option', () => {
  const options = slurmOptions.parse({});
  const script = batchScript({ ...job, name: 'gan-my digits', outputFolder: '/home/me/my runs', options });
  expect(script).toContain("#SBATCH --job-name='gan-my digits'\n");
  expect(script).toContain("#SBATCH --output='/home/me/my runs/slurm-%A_%a.txt'\n");
});

it('leaves to the cluster what is not given', () => {
  const script = batchScript({ ...job, options: slurmOptions.parse({}) });
  expect(script).not.toMatch(/partition|time=|signal|gpus|mem=/);
});

it('has one task for a single training', () => {
  const { tasks: _, ...single } = job;
  const script = batchScript({ ...single, options: slurmOptions.parse({}) });
  expect(script).toContain('#SBATCH --output=/home/me/out/slurm-%j.txt\n');
  expect(script).toContain('#SBATCH --requeue\n');
  expect(script).not.toContain('--array');
});

it('takes resources as key and value, lists in several', () => {
  const given = ['time=2:00:00', 'cpus=8', 'setup=module load a', 'setup=x=1', 'options=--account=vision'];
  expect(resourcesFrom(given)).toEqual({
    time: '2:00:00',
    cpus: 8,
    setup: ['module load a', 'x=1'],
    options: ['--account=vision'],
  });
  for (const wrong of ['time=two hours', 'cpus=0', 'cpu=1', 'cpus', 'arraySize=3', 'options=account'])
    expect(() => resourcesFrom([wrong])).toThrow(`${wrong} is not a resource of a job.`);
});

it('knows the task that it runs as', () => {
  expect(slurmPlace({})).toBeUndefined();
  expect(slurmPlace({ SLURM_JOB_ID: '7', SLURMD_NODENAME: 'a' })).toEqual({ job: '7', node: 'a' });
  expect(
    slurmPlace({
      SLURM_JOB_ID: '9',
      SLURM_ARRAY_JOB_ID: '7',
      SLURM_ARRAY_TASK_ID: '2',
      SLURMD_NODENAME: 'a',
    }),
  ).toEqual({ job: '7_2', node: 'a' });
});
