import { groupName } from '../../commands/groups';
import { keyLabel } from '../../commands/keys';
import { type Command, commands } from '../../commands/registry';
import { shortDate } from '../../format/date';
import { fileName, kindName, withoutLocator } from '../../format/names';
import { ask } from '../../ipc';
import { m } from '../../paraglide/messages.js';
import type { App } from '../../state/app.svelte';

/** A line of the palette. */
export interface Entry {
  key: string;
  section: string;
  title: string;
  /** What was matched, as pairs of offsets in the title. */
  hits: number[];
  icon: string | null;
  meta: string;
  right: string;
  run: () => void;
  /** What Mod+Enter does, where it does something else. */
  aside?: () => void;
}

/** Returns how well `query` matches, and where; null where it does not. Letters may lie apart, in order. */
export function fuzzy(query: string, text: string): { score: number; hits: number[] } | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const lower = text.toLowerCase();
  if (wanted === '') return { score: 0, hits: [] };
  const whole = lower.indexOf(query.toLowerCase().trim());
  if (whole >= 0) {
    const atWord = whole === 0 || /[\s–—-]/.test(lower[whole - 1] ?? '');
    return { score: 100 - whole + (atWord ? 50 : 0) - text.length / 100, hits: [whole, whole + query.trim().length] };
  }
  const hits: number[] = [];
  let at = 0;
  let score = 0;
  for (const letter of wanted) {
    const found = lower.indexOf(letter, at);
    if (found < 0) return null;
    score += found === at ? 2 : /[\s–-]/.test(lower[found - 1] ?? ' ') ? 3 : -(found - at) / 4;
    if (hits.at(-1) === found) hits[hits.length - 1] = found + 1;
    else hits.push(found, found + 1);
    at = found + 1;
  }
  return score < wanted.length / 2 ? null : { score, hits };
}

/** Returns how well a query matches the other words for a command, of which its title shows nothing. */
function byOtherWords(query: string, command: Command): { score: number; hits: number[] } | null {
  const found = command.also ? fuzzy(query, command.also()) : null;
  return found && { score: found.score - 1, hits: [] };
}

function commandEntries(app: App, query: string, limit: number): Entry[] {
  return commands(app)
    .filter((command) => command.when?.(app) ?? true)
    .map((command) => ({ command, title: command.title(), found: fuzzy(query, command.title()) ?? byOtherWords(query, command) }))
    .filter(({ found }) => found !== null)
    .sort((a, b) => (b.found?.score ?? 0) - (a.found?.score ?? 0))
    .slice(0, limit)
    .map(({ command, title, found }) => ({
      key: command.id, section: m.commands(), title, hits: found?.hits ?? [], icon: null, meta: groupName(command.group),
      right: command.keys?.[0] ? keyLabel(command.keys[0]) : '', run: () => void command.run(app),
    }));
}

function headingEntries(app: App, query: string, limit: number): Entry[] {
  const front = app.documents.front;
  return (front?.headings ?? [])
    .map((heading) => ({ heading, found: fuzzy(query, heading.title) }))
    .filter(({ found }) => found !== null)
    .slice(0, limit)
    .map(({ heading, found }) => ({
      key: `heading:${heading.offset}`, section: m.in_this_document(), title: heading.title, hits: found?.hits ?? [], icon: 'heading',
      meta: '', right: '', run: () => { app.documents.mark(); front?.jump(heading.offset); },
    }));
}

/** Returns how well `query` matches a file's name, of which the title shows nothing. */
function byFile(query: string, file: string): { score: number; hits: number[] } | null {
  const found = fuzzy(query, file);
  return found && { score: found.score, hits: [] };
}

function briefingEntries(app: App, query: string, limit: number, aside = false): Entry[] {
  return app.briefings
    .filter(({ file }) => !aside || file !== app.documents.front?.file)
    .map((briefing) => ({ briefing, found: fuzzy(query, briefing.title) ?? byFile(query, briefing.file) }))
    .filter(({ found }) => found !== null)
    .sort((a, b) => (query === '' ? b.briefing.modified - a.briefing.modified : (b.found?.score ?? 0) - (a.found?.score ?? 0)))
    .slice(0, limit)
    .map(({ briefing, found }) => ({
      key: `briefing:${briefing.file}`, section: m.briefings(), title: briefing.title, hits: found?.hits ?? [], icon: 'text',
      meta: briefing.template ?? '', right: briefing.file, run: () => void (aside ? app.navigation.openBeside(briefing.file) : app.navigation.openFile(briefing.file)),
      aside: () => void app.navigation.openBeside(briefing.file),
    }));
}

async function snippetEntries(app: App, query: string, limit: number, opens: boolean): Promise<Entry[]> {
  if (query.trim() === '') return [];
  const { cards } = await ask({ type: 'complete', what: 'snippet', text: query, limit }, 'cards');
  return cards.map((card) => ({
    key: `snippet:${card.id}`, section: m.snippets(), title: card.title, hits: fuzzy(query, card.title)?.hits ?? [], icon: card.kind,
    meta: [shortDate(card), withoutLocator(card.sources[0]) || kindName(card.kind)].filter(Boolean).join(' · '), right: card.id,
    run: () => (opens || !app.documents.front ? void app.navigation.openSnippet(card.id) : app.insert(card.id)),
    aside: () => void app.navigation.openSnippet(card.id),
  }));
}

/** What was open before, newest first: where the switcher starts. */
async function recentEntries(app: App): Promise<Entry[]> {
  const shown = app.documents.front?.file;
  const files = app.documents.recent.filter((file) => file !== shown).slice(0, 8);
  const ids = files.filter((file) => file.startsWith('snippets/')).map((file) => fileName(file).replace(/\.md$/, ''));
  const cards = ids.length > 0 ? (await ask({ type: 'cards', ids }, 'cards')).cards : [];
  return files.flatMap((file): Entry[] => {
    const card = cards.find((card) => card.file === file);
    const briefing = app.briefings.find((briefing) => briefing.file === file);
    if (!card && !briefing) return [];
    return [{
      key: `recent:${file}`, section: m.recent(), title: card?.title ?? briefing?.title ?? file, hits: [], icon: card?.kind ?? 'text',
      meta: card ? [shortDate(card), kindName(card.kind)].filter(Boolean).join(' · ') : (briefing?.template ?? ''), right: card?.id ?? file,
      run: () => void app.navigation.openFile(file), aside: () => void app.navigation.openBeside(file),
    }];
  });
}

async function switcherEntries(app: App, query: string): Promise<Entry[]> {
  if (query.trim() === '') {
    const recent = await recentEntries(app);
    const known = new Set(recent.map(({ key }) => key.slice('recent:'.length)));
    return [...recent, ...briefingEntries(app, query, 40).filter(({ right }) => !known.has(right))];
  }
  const [snippets, sources] = await Promise.all([snippetEntries(app, query, 20, true), sourceEntries(app, query, 8, true)]);
  return [...briefingEntries(app, query, 12), ...snippets, ...sources];
}

async function sourceEntries(app: App, query: string, limit: number, opens = false): Promise<Entry[]> {
  const { sources } = await ask({ type: 'complete', what: 'source', text: query, limit }, 'sources');
  return sources.map((source) => ({
    key: `source:${source.key}`, section: m.sources(), title: source.title, hits: fuzzy(query, source.title)?.hits ?? [], icon: 'source',
    meta: source.short, right: source.key,
    run: () => {
      const view = app.documents.front?.view;
      if (opens || !view) return void app.navigation.openLine(source.file, source.line);
      view.dispatch(view.state.replaceSelection(`[@${source.key}]`));
      view.focus();
    },
  }));
}

/** Returns what the palette shows: `>` narrows to commands, `@` to sources, `#` to headings. */
export async function entriesFor(app: App, text: string, mode: 'all' | 'files' | 'beside'): Promise<Entry[]> {
  const sign = /^[>@#]/.exec(text)?.[0];
  const query = sign ? text.slice(1).trim() : text;
  const open = app.workspace !== null;
  if (sign === '>') return commandEntries(app, query, 60);
  if (sign === '@') return open ? sourceEntries(app, query, 30) : [];
  if (sign === '#') return headingEntries(app, query, 60);
  if (mode === 'files') return switcherEntries(app, query);
  if (mode === 'beside') return briefingEntries(app, query, 40, true);
  const own = [...commandEntries(app, query, query === '' ? 40 : 7), ...(query === '' ? [] : headingEntries(app, query, 4))];
  return open ? [...own, ...briefingEntries(app, query, 3), ...(await snippetEntries(app, query, 6, false))] : own;
}
