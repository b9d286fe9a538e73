/** Finding competences by what somebody types: those that begin so first, then those that hold it. */
import type { Known } from "./types";

const MOST = 8;

function plain(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .trim();
}

/** What is the same word to a person: letter case and accents do not count. */
export function isSame(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** At most eight, in either language; none before two letters are typed. */
export function find(known: readonly Known[], typed: string): Known[] {
  const sought = plain(typed);
  if (sought.length < 2) return [];
  const ranked = known.flatMap((one) => {
    const words = [plain(one.text.sv), plain(one.text.en)];
    if (words.some((word) => word.startsWith(sought))) return [{ one, rank: 0 }];
    if (words.some((word) => word.split(/[\s/-]+/).some((part) => part.startsWith(sought)))) return [{ one, rank: 1 }];
    return words.some((word) => word.includes(sought)) ? [{ one, rank: 2 }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ one }) => one);
}
