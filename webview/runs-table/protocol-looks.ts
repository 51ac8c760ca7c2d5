/**
 * Labels of score protocols in the table: a short caption and, where a column mixes several protocols, a letter that
 * denotes the same protocol everywhere.
 */
import type { RunRow } from '../../src/shared/runs-table-protocol';
import { networkTitle, scoreCaption } from '../shared/score-captions';
import { scoreTitle } from '../shared/value-titles';
import { protocolsOf, scoreColumns, scoresOf } from './order';

export interface ProtocolLook {
  /** As in the score records, with the hashes that decide whether two are comparable. */
  readonly protocol: string;
  readonly caption: string;
  /** Empty if no score has another protocol as well. */
  readonly mark: string;
  /** Titles of the scores computed by this protocol. */
  readonly scores: readonly string[];
}

const FIRST_MARK = 'A'.charCodeAt(0);
const LETTERS = 26;

function markAt(index: number): string {
  const letter = String.fromCharCode(FIRST_MARK + (index % LETTERS));
  return index < LETTERS ? letter : `${letter}${Math.floor(index / LETTERS) + 1}`;
}

/** Data source of the first run with such a score; it determines the title of the classifier. */
function dataSourceOf(rows: readonly RunRow[], name: string, protocol: string): string | undefined {
  return rows.find((row) => scoresOf(row, name).some((score) => score.protocol === protocol))?.dataSource;
}

/** Cached, since every cell needs them. */
const known = new WeakMap<readonly RunRow[], readonly ProtocolLook[]>();

export function protocolLooks(rows: readonly RunRow[]): readonly ProtocolLook[] {
  const looks = known.get(rows) ?? looksOf(rows);
  known.set(rows, looks);
  return looks;
}

function looksOf(rows: readonly RunRow[]): readonly ProtocolLook[] {
  const found = new Map<string, { caption: string; isMarked: boolean; scores: string[] }>();
  for (const { name } of scoreColumns(rows)) {
    const rivals = protocolsOf(rows, name);
    for (const protocol of rivals) {
      const caption = scoreCaption({ name, protocol }, dataSourceOf(rows, name, protocol));
      const look = found.get(protocol) ?? { caption, isMarked: false, scores: [] };
      look.scores.push(scoreTitle(name));
      look.isMarked ||= rivals.length > 1;
      found.set(protocol, look);
    }
  }
  let marks = 0;
  return [...found].map(([protocol, { caption, isMarked, scores }]) => ({
    protocol,
    caption,
    mark: isMarked ? markAt(marks++) : '',
    scores,
  }));
}

/** Returns the letter next to a value of a score; empty if all values of the score have one protocol. */
export function markOf(rows: readonly RunRow[], name: string, protocol: string): string {
  if (protocolsOf(rows, name).length < 2) return '';
  return protocolLooks(rows).find((look) => look.protocol === protocol)?.mark ?? '';
}

/** Returns the network behind all values of a score: `digit classifier`; undefined if there are several or none. */
export function networkOf(rows: readonly RunRow[], name: string): string | undefined {
  const titles = protocolsOf(rows, name).map((protocol) =>
    networkTitle({ protocol }, dataSourceOf(rows, name, protocol)),
  );
  return new Set(titles).size === 1 ? titles[0] : undefined;
}
