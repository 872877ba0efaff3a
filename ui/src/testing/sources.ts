/** The bibliography in the engine in memory: adding, citing, merging. It takes BibTeX only. */

import type { ActionReply } from '../bindings/ActionReply';
import type { Failure } from '../bindings/Failure';
import type { UsePlace } from '../bindings/UsePlace';
import type { FileEdit } from './edits';
import { sourcesOf } from './workspace';

type Files = Map<string, string>;

const ENTRY = /@\w+\{([^,\s]+),[\s\S]*?\n\}\n?/g;

export function addSources(files: Files, text: (file: string) => string, added: string): { reply: ActionReply; edit: FileEdit } {
  const entries = [...`${added.trim()}\n`.matchAll(ENTRY)];
  const failure: Failure = { kind: 'input', code: 'no-entries', message: 'There is no entry in this text', hint: 'Paste BibTeX, RIS or CSL-JSON' };
  if (entries.length === 0) throw failure;
  const keys = sourcesOf(files).map((source) => source.key);
  const file = [...files.keys()].find((file) => file.endsWith('.bib')) ?? 'sources.bib';
  const fresh = entries.filter(([, key = '']) => !keys.includes(key));
  const known = entries.flatMap(([, key = '']) => (keys.includes(key) ? [key] : []));
  return {
    reply: { type: 'sourcesAdded', added: fresh.map(([, key = '']) => key), known, file },
    edit: { texts: new Map(fresh.length > 0 ? [[file, text(file) + fresh.map(([entry]) => entry).join('')]] : []) },
  };
}

export function citationsOf(files: Files, key: string): UsePlace[] {
  return [...files].filter(([file]) => file.endsWith('.md')).flatMap(([file, text]) => {
    const title = /^title: (.*)$/m.exec(text)?.[1] ?? file;
    return text.split('\n').flatMap((line, at) => (line.includes(`@${key}`) ? [{ file, title, line: at + 1, text: line }] : []));
  });
}

export function sameSources(files: Files): string[][] {
  const groups = new Map<string, string[]>();
  for (const { key, title } of sourcesOf(files)) if (title !== '') groups.set(title.toLowerCase(), [...(groups.get(title.toLowerCase()) ?? []), key]);
  return [...groups.values()].filter((keys) => keys.length > 1);
}

export function mergeSources(files: Files, text: (file: string) => string, keep: string, drop: string[]): FileEdit {
  const changed = new Map<string, string>();
  for (const file of files.keys()) {
    const before = text(file);
    let after = before;
    if (file.endsWith('.bib')) after = before.replace(ENTRY, (entry, key: string) => (drop.includes(key) ? '' : entry));
    else if (file.endsWith('.md')) for (const key of drop) after = after.replaceAll(new RegExp(`(@|\\b)${key}(?![\\w-])`, 'g'), `$1${keep}`);
    if (after !== before) changed.set(file, after);
  }
  return { texts: changed };
}
