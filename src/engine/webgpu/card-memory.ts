/**
 * How much memory of its own a graphics card has left, where the system tells. Cards that share the main memory have
 * none, and WebGPU itself does not tell.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CARDS = '/sys/class/drm';
const MEBIBYTE = 2 ** 20;
/** Cards within a processor have a little memory of their own, and use the main memory beyond it. */
const LEAST_BYTES = 2 ** 31;
const PATIENCE_MS = 2000;

/** How the system is asked; tests answer themselves. */
export interface CardQueries {
  /** Free memory of each NVIDIA card in MiB, one a line, as `nvidia-smi` prints it; undefined if it does not work. */
  nvidiaSmi(): string | undefined;
  /** Total and used bytes of the memory of each AMD card, as Linux tells them. */
  amdCards(): readonly (readonly [total: string, used: string])[];
}

/** @param adapter name of the driver; undefined is returned for all but NVIDIA's and AMD's */
export function freeCardMemory(adapter: string, queries: CardQueries = system): number | undefined {
  const free =
    adapter === 'NVIDIA'
      ? (queries.nvidiaSmi() ?? '').split('\n').map((line) => Number.parseInt(line, 10) * MEBIBYTE)
      : adapter === 'AMD'
        ? queries
            .amdCards()
            .flatMap(([total, used]) => (Number(total) < LEAST_BYTES ? [] : [Number(total) - Number(used)]))
        : [];
  // Which of several cards computes is not known.
  const known = free.filter((bytes) => bytes > 0);
  return known.length === 0 ? undefined : Math.max(...known);
}

const system: CardQueries = {
  nvidiaSmi() {
    const query = ['--query-gpu=memory.free', '--format=csv,noheader,nounits'];
    const { status, stdout } = spawnSync('nvidia-smi', query, { encoding: 'utf8', timeout: PATIENCE_MS });
    return status === 0 ? stdout : undefined;
  },
  amdCards() {
    try {
      const cards = readdirSync(CARDS).filter((name) => /^card\d+$/.test(name));
      return cards.flatMap((name) => amdCard(join(CARDS, name, 'device')));
    } catch {
      return [];
    }
  },
};

function amdCard(folder: string): readonly (readonly [string, string])[] {
  try {
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return [[read('mem_info_vram_total'), read('mem_info_vram_used')]];
  } catch {
    // Of another vendor.
    return [];
  }
}
