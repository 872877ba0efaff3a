/** Search of all files, in the engine in memory. */

import type { FileHits } from '../bindings/FileHits';
import type { SearchFound } from '../bindings/SearchFound';
import type { TextPoint } from '../bindings/TextPoint';
import type { TextSearch } from '../bindings/TextSearch';
import { readFrontMatter } from '../editor/frontmatter';
import type { Edits, FileEdit } from './edits';

const MAX = 160;

/** Returns the expression that a search stands for; throws where it is none. */
function expression({ text, case: capitals, words, regex }: TextSearch): RegExp {
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const whole = words ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  return new RegExp(whole, capitals ? 'gmu' : 'gimu');
}

function hitsIn(file: string, text: string, wanted: RegExp): FileHits {
  const front = readFrontMatter(text);
  const title = front?.fields.find((field) => field.name === 'title')?.value ?? file;
  const hits = [...text.matchAll(wanted)].filter((found) => found[0] !== '').map((found) => {
    const start = text.lastIndexOf('\n', found.index - 1) + 1;
    const end = text.indexOf('\n', found.index);
    const line = text.slice(start, end < 0 ? text.length : end);
    const cut = Math.max(0, found.index - start - 40);
    const from = found.index - start - cut;
    return {
      offset: found.index, line: text.slice(0, found.index).split('\n').length, text: line.slice(cut, cut + MAX),
      from, to: Math.min(from + found[0].length, Math.min(MAX, line.length - cut)),
    };
  });
  return { file, title, hits };
}

/** Searches all briefings and snippets. */
export function searchFiles(files: Map<string, string>, edits: Edits, search: TextSearch, limit: number): SearchFound {
  const none = { places: 0, files: 0, hits: [], error: null };
  if (search.text === '') return none;
  let wanted: RegExp;
  try {
    wanted = expression(search);
  } catch (error) {
    return { ...none, error: error instanceof Error ? error.message : String(error) };
  }
  const all = [...files.keys()].filter((file) => file.endsWith('.md')).map((file) => hitsIn(file, edits.text(file), wanted))
    .filter(({ hits }) => hits.length > 0);
  let left = limit;
  const hits = all.flatMap((entry) => {
    const some = entry.hits.slice(0, left);
    left -= some.length;
    return some.length > 0 ? [{ ...entry, hits: some }] : [];
  });
  return { places: all.reduce((sum, entry) => sum + entry.hits.length, 0), files: all.length, hits, error: null };
}

/** Returns the change that replaces what a search finds. */
export function replacement(files: Map<string, string>, edits: Edits, search: TextSearch, by: string, skip: TextPoint[]): FileEdit {
  const wanted = expression(search);
  const texts = new Map<string, string | null>();
  let places = 0;
  for (const file of [...files.keys()].filter((file) => file.endsWith('.md'))) {
    const before = edits.text(file);
    const after = before.replace(wanted, (...found: unknown[]) => {
      const text = found[0] as string;
      const offset = found.find((part, at) => at > 0 && typeof part === 'number') as number;
      if (skip.some((point) => point.file === file && point.offset === offset)) return text;
      places += 1;
      return search.regex ? text.replace(expression(search), by) : by;
    });
    if (after !== before) texts.set(file, after);
  }
  return { texts, places };
}
