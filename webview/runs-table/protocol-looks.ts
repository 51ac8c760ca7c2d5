/**
 * How protocols of scores are told apart in the table: a caption in few words, and, where values of several stand in one
 * column, a letter that means the same protocol wherever it appears.
 */
import type { RunRow } from '../../src/shared/runs-table-protocol';
import { scoreTitle } from '../dashboard/curves/definitions';
import { networkTitle, scoreCaption } from '../dashboard/curves/score-captions';
import { protocolsOf, scoreColumns, scoresOf } from './order';

export interface ProtocolLook {
  /** As scores name it, with the hashes that decide whether two can be compared. */
  readonly protocol: string;
  readonly caption: string;
  /** Empty where no score has another protocol as well. */
  readonly mark: string;
  /** Titles of the scores that were computed by it. */
  readonly scores: readonly string[];
}

const FIRST_MARK = 'A'.charCodeAt(0);
const LETTERS = 26;

function markAt(index: number): string {
  const letter = String.fromCharCode(FIRST_MARK + (index % LETTERS));
  return index < LETTERS ? letter : `${letter}${Math.floor(index / LETTERS) + 1}`;
}

/** Of the first run that has such a score: the data decides what its classifier is called. */
function dataSourceOf(rows: readonly RunRow[], name: string, protocol: string): string | undefined {
  return rows.find((row) => scoresOf(row, name).some((score) => score.protocol === protocol))?.dataSource;
}

/** Every cell asks for them. */
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

/** What stands at a value of a score; nothing where all values of the score are of one protocol. */
export function markOf(rows: readonly RunRow[], name: string, protocol: string): string {
  if (protocolsOf(rows, name).length < 2) return '';
  return protocolLooks(rows).find((look) => look.protocol === protocol)?.mark ?? '';
}

/** What computed all values of a score: `digit classifier`; undefined where they are of several networks or of none. */
export function networkOf(rows: readonly RunRow[], name: string): string | undefined {
  const titles = protocolsOf(rows, name).map(
    (protocol) => networkTitle({ protocol }, dataSourceOf(rows, name, protocol))[0],
  );
  return new Set(titles).size === 1 ? titles[0] : undefined;
}
