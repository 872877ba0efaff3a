/** A snippet's life in the engine in memory: rename, delete, copies and versions. */

import type { CopyChanges } from '../bindings/CopyChanges';
import type { Settling } from '../bindings/Settling';
import type { VersionCard } from '../bindings/VersionCard';
import { readFrontMatter, setField } from '../editor/frontmatter';
import type { FileEdit } from './edits';
import { listOf } from './forms';

type Files = Map<string, string>;

const fileOf = (files: Files, id: string): string => [...files.keys()].find((file) => file.endsWith(`/${id}.md`)) ?? `snippets/${id}.md`;
const body = (text: string): string => text.replace(/^---\n[\s\S]*?\n---\n/, '');
const front = (text: string): string => /^---\n[\s\S]*?\n---\n/.exec(text)?.[0] ?? '';

export function rename(files: Files, text: (file: string) => string, id: string, to: string): FileEdit {
  const own = fileOf(files, id);
  const next = own.replace(/[^/]+$/, `${to}.md`);
  const naming = new RegExp(`\\[\\[${id.replace(/[.]/g, '\\.')}(?=[\\]#|\\\\])`, 'g');
  const changed = [...files.keys()].filter((file) => file.endsWith('.md')).map((file) => [file, text(file).replaceAll(naming, `[[${to}`)] as const)
    .filter(([file, after]) => after !== text(file)).map(([file, after]) => [file === own ? next : file, after] as const);
  return { texts: new Map(changed), moves: [[own, next]] };
}

export function remove(files: Files, ids: string[]): FileEdit {
  return { texts: new Map(ids.map((id) => [fileOf(files, id), null])) };
}

/** Returns a copy's file and text; where it is detached, it names its origin and how that stood. */
export function copy(files: Files, text: (file: string) => string, id: string, detached: boolean): [string, string] {
  const own = fileOf(files, id);
  let number = 2;
  while (files.has(own.replace(/\.md$/, `-${number}.md`))) number += 1;
  const source = text(own);
  const named = detached ? source.replace(/^---\n/, `---\ncopy-of: ${id}\ncopied: ${hash(body(source))}\n`) : source;
  return [own.replace(/\.md$/, `-${number}.md`), named];
}

export function settle(files: Files, text: (file: string) => string, id: string, how: Settling): FileEdit {
  const own = fileOf(files, id);
  const mine = text(own);
  const origin = text(fileOf(files, /^copy-of: (.*)$/m.exec(mine)?.[1] ?? ''));
  const change = setField(mine, 'copied', hash(body(origin)));
  const settled = change ? mine.slice(0, change.from) + change.insert + mine.slice(change.to) : mine;
  return { texts: new Map([[own, how === 'keep' ? settled : front(settled) + body(origin)]]) };
}

export function originChanged(files: Files, text: string): boolean {
  const origin = /^copy-of: (.*)$/m.exec(text)?.[1];
  const source = origin === undefined ? undefined : files.get(fileOf(files, origin));
  return source !== undefined && /^copied: "?(.*?)"?$/m.exec(text)?.[1] !== hash(body(source));
}

/** What the origin of a copy says anew: here, whatever the two do not share. */
export function copyChanges(files: Files, text: (file: string) => string, id: string): CopyChanges | null {
  const mine = text(fileOf(files, id));
  const of = /^copy-of: (.*)$/m.exec(mine)?.[1];
  if (of === undefined || !files.has(fileOf(files, of))) return null;
  const origin = text(fileOf(files, of));
  const names = [...new Set([origin, mine].flatMap((text) => readFrontMatter(text)?.fields.map((field) => field.name) ?? []))];
  const fields = names.filter((name) => name !== 'copy-of' && name !== 'copied')
    .map((field) => ({ field, copy: listOf(mine, field), origin: listOf(origin, field) }))
    .filter(({ copy, origin }) => copy.join('\n') !== origin.join('\n'));
  return { fields, text: body(mine) !== body(origin) };
}

function hash(text: string): string {
  let hash = 5381;
  for (let at = 0; at < text.length; at++) hash = ((hash * 33) ^ text.charCodeAt(at)) >>> 0;
  return `h${hash.toString(16)}`;
}

/** The versions kept of each file: its texts as they were saved, newest first. */
export class Versions {
  #kept: { file: string; at: number; text: string }[] = [];

  /** Keeps a text that was written, unless it is the last one's. */
  keep(file: string, text: string): void {
    if (this.#kept.findLast((version) => version.file === file)?.text !== text) this.#kept.push({ file, at: Date.now(), text });
  }

  of(file: string): VersionCard[] {
    return this.#kept.flatMap(({ file: own, at, text }, number) => (own === file ? [{ number, at, size: text.length }] : [])).reverse();
  }

  text(number: number): string | null {
    return this.#kept[number]?.text ?? null;
  }
}
