/** Reads what the engine says out of its Rust sources, so that no sentence of it goes without a translation. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text of the Rust sources; each place for a value in it is `\0`. */
export interface Written {
  file: string;
  line: number;
  text: string;
}

/** What stands before a text that nobody is told: the log, attributes but those of errors, generated code, the journal's queries. */
const UNTOLD = [
  /(?:log::\w+|eprintln)!\($/,
  /#\[(?!error)[^\]]*$/,
  /\.(?:code|push_str|expect|pragma_update|prepare_cached|prepare|execute|query_row)\(\s*(?:&format!\()?$/,
];

/** Returns the texts in the Rust sources below `folder` that read like words, without those of tests. */
export function written(folder: string, inside = ''): Written[] {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'tests' ? [] : written(folder, path);
    return entry.name.endsWith('.rs') && entry.name !== 'tests.rs' ? texts(path, readFileSync(join(folder, path), 'utf8')) : [];
  });
}

/** Returns the texts of a Rust file that somebody may be told. */
export function texts(file: string, rust: string): Written[] {
  const found: Written[] = [];
  const shown = rust.replace(/#\[cfg\(test\)\]\s*mod \w+ \{[^]*$/, '');
  // Comments and single characters are stepped over, raw texts as well: they hold code.
  const pieces = /\/\/[^\n]*|'(?:[^'\\\n]|\\[^\n]*?)'|\br(#*)"[^]*?"\1|"((?:[^"\\]|\\[^])*)"/g;
  for (const match of shown.matchAll(pieces)) {
    const before = shown.slice(Math.max(0, match.index - 120), match.index);
    if (match[2] === undefined || UNTOLD.some((sign) => sign.test(before))) continue;
    const formed = /(?:format|write|writeln)!\(\s*(?:\w+,\s*)?$|#\[error\($/.test(before);
    found.push({ file, line: shown.slice(0, match.index).split('\n').length, text: spelled(match[2], formed) });
  }
  return found;
}

/** Returns whether a text reads like words, at least two of them. */
export function readsLikeWords(text: string): boolean {
  return /[a-z]{2}/i.test(text) && /[\p{L}`}\0,:.”)] [\p{L}`{\0“[(]/u.test(text);
}

/** Returns what a Rust text says; where it is a format, the places in it become `\0`. */
function spelled(raw: string, formed: boolean): string {
  const text = raw
    .replace(/\\\r?\n\s*/g, '')
    .replace(/\\u\{([0-9a-f]+)\}/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/\\(.)/g, (_, sign: string) => ({ n: '\n', r: '\r', t: '\t' })[sign] ?? sign);
  return formed ? text.replace(/\{\{|\}\}|\{[^{}]*\}/g, (sign) => ({ '{{': '{', '}}': '}' })[sign] ?? '\0') : text;
}
