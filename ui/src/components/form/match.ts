/** Fuzzy matching of the few words that a form chooses from; long lists are the engine's to search. */

/** Something to choose. */
export interface Option {
  value: string;
  label: string;
  detail?: string;
  icon?: string;
  /** Address of a picture of it. */
  picture?: string;
}

/** Returns how well `query` stands in `text`, lower being better; none where it does not. */
function rank(text: string, query: string): number | null {
  const whole = text.toLowerCase();
  const at = whole.indexOf(query);
  if (at === 0) return 0;
  if (at > 0) return /[\s\-_/.]/.test(whole[at - 1] ?? '') ? 1 : 2;
  let from = 0;
  for (const letter of query.replaceAll(/\s/g, '')) {
    const found = whole.indexOf(letter, from);
    if (found < 0) return null;
    from = found + 1;
  }
  return 3;
}

/** Returns the options that a query leaves, the nearest first and else in their order. */
export function matching(options: Option[], query: string): Option[] {
  const wanted = query.trim().toLowerCase().normalize('NFC');
  if (wanted === '') return options;
  return options.flatMap((option) => {
    const ranks = [rank(option.label, wanted), rank(option.value, wanted)].filter((found) => found !== null);
    return ranks.length > 0 ? [{ option, rank: Math.min(...ranks) }] : [];
  }).sort((a, b) => a.rank - b.rank).map(({ option }) => option);
}
