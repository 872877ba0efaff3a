/** From a citation to the document that its source links to, at the page that it names. */

import { citationOf } from '../editor/citation';
import { act } from '../ipc';
import type { App } from './app.svelte';
import type { OpenDocument } from './document.svelte';

/** Returns the first page that a locator names: `pp. 3–4`, `p. iv`, `12`, `4쪽`; nothing for other places. */
export function pageOf(locator: string): string | null {
  const found = /^(?:(?:pp?|pages?|S)\.?\s*)?(\d+|[ivxlcdm]+)(?:쪽|면)?(?=$|[\s,;–—-])/i.exec(locator.trim());
  return found?.[1] ?? null;
}

/** Opens a source's document or address, at the page of a locator where there is one. */
export function openSource(app: App, key: string, locator = ''): Promise<boolean> {
  return app.try(async () => void (await act({ type: 'openSource', key, page: pageOf(locator) })));
}

/** What a line cites, and where it stands in it. */
interface Cited {
  from: number;
  to: number;
  key: string;
  locator: string;
}

function citedIn(line: string): Cited[] {
  const found: Cited[] = [];
  for (const item of line.matchAll(/@\{?[^\s;\]"']+[^;\]"'\n@]*/g)) {
    const [cited] = citationOf(item[0]);
    if (cited) found.push({ from: item.index, to: item.index + item[0].length, key: cited.key, locator: cited.locator });
  }
  return found;
}

/** Fields name sources without the sign: `sources: ["key, p. 4"]`. */
function namedIn(line: string): Cited[] {
  return [...line.matchAll(/"@?([^",]+),\s*([^"]+)"|([\p{L}\p{N}_][\p{L}\p{N}_.:-]*)/gu)].map((item) => ({
    from: item.index, to: item.index + item[0].length, key: (item[1] ?? item[3] ?? '').trim(), locator: item[2] ?? '',
  }));
}

/** Returns the source cited at a document's cursor, where it links to something. */
export function citedAt(app: App, { view, front }: OpenDocument): { key: string; locator: string } | null {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const inFront = front !== null && head <= front.end;
  const all = inFront ? namedIn(line.text) : citedIn(line.text);
  const linked = all.filter(({ key }) => isLinked(app, key));
  const at = head - line.from;
  return linked.find(({ from, to }) => from <= at && at <= to) ?? (linked.length === 1 ? (linked[0] ?? null) : null);
}

/** Returns whether a source links to a document or an address. */
export function isLinked(app: Pick<App, 'evidence'>, key: string): boolean {
  const card = app.evidence.source(key);
  return (card?.document ?? card?.url ?? null) !== null;
}
