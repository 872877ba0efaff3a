/** An engine in memory: for tests, and for `npm run dev` in a browser. It never gets into the app that ships. */

import { Text } from '@codemirror/state';
import type { Action } from '../bindings/Action';
import type { ActionReply } from '../bindings/ActionReply';
import type { Event } from '../bindings/Event';
import type { Failure } from '../bindings/Failure';
import type { PageSet } from '../bindings/PageSet';
import type { Problem } from '../bindings/Problem';
import type { Query } from '../bindings/Query';
import type { QueryReply } from '../bindings/QueryReply';
import type { SnippetCard } from '../bindings/SnippetCard';
import type { TextChange } from '../bindings/TextChange';
import type { WorkspaceInfo } from '../bindings/WorkspaceInfo';
import { findBlocks } from '../editor/blocks';
import { toChangeSet } from '../editor/sync';
import type { Transport } from '../ipc';
import { isDeck, SLIDE, slideLines, slidesOf } from './deck';
import { Edits } from './edits';
import { FIXTURE } from './fixture';
import { formOf, listOf, setFields, settingsFormOf, valuesOf, viewFormOf } from './forms';
import { drawPages, paginate, positions } from './pages';
import { addPicture, addressOf } from './pictures';
import { replacement, searchFiles } from './search';
import { copy, copyChanges, remove, rename, settle as settleSnippet, Versions } from './snippets';
import { addSources, citationsOf, mergeSources, sameSources } from './sources';
import { briefingsOf, cardsOf, facetsOf, select, sourcesOf } from './workspace';

const VIEWS = ['timeline', 'comparison', 'figures', 'deals', 'recommendations', 'priorities', 'acronyms', 'sources', 'evidence'];

/** The engine in memory, with what a test needs to look into it. */
export interface MemoryEngine extends Transport {
  /** All actions so far. */
  readonly actions: Action[];
  /** What is in the workspace now. */
  readonly files: Map<string, string>;
  emit(event: Event): void;
  /** Changes a file as another program would. */
  change(file: string, changes: TextChange[]): void;
  /** Gives a file another name. */
  move(from: string, to: string): void;
  /** Makes edits wait until `release` is called. */
  hold(): void;
  release(): void;
}

function failure(code: string, message: string): Failure {
  return { kind: 'input', code, message, hint: null };
}

export interface MemoryOptions {
  files?: Record<string, string>;
  /** Whether a workspace is open at the start. */
  open?: boolean;
  /** Folders opened before. */
  recent?: string[];
}

/** Returns an engine over `files`. */
export function memoryEngine(options: MemoryOptions = {}): MemoryEngine {
  const files = new Map(Object.entries(options.files ?? FIXTURE));
  const documents = new Map<string, { text: Text; version: number }>();
  const images = new Map<string, string>();
  const kept = new Map<string, string>();
  const actions: Action[] = [];
  let shown: string | null = null;
  let lastPages: PageSet | null = null;
  let open = options.open ?? true;
  let handler: (event: Event) => void = () => undefined;
  let held: (() => void)[] | null = null;

  const info = (): WorkspaceInfo => ({
    folder: '/home/analyst/rok-nato', name: 'ROK–NATO relations', language: 'en', snippets: cardsOf(files).length,
    markings: ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'],
  });
  const versions = new Versions();
  const edits = new Edits({ files, documents, tell: (event) => handler(event), info });
  const problems = (): Problem[] => {
    const keys = sourcesOf(files).map((source) => source.key);
    return [...files].flatMap(([file, text]) => text.split('\n').flatMap((line, at) =>
      [...line.matchAll(/\[@([\w-]+)/g)].filter((cited) => file.endsWith('.md') && !keys.includes(cited[1] ?? '')).map((cited) => ({
        severity: 'error' as const, code: 'unknown-source', message: `there is no source \`${cited[1]}\``, hint: `did you mean \`${keys[0]}\`?`,
        file, line: at + 1, column: cited.index + 3, endLine: at + 1, endColumn: cited.index + 3 + (cited[1]?.length ?? 0),
      }))));
  };
  const typeset = (): void => {
    if (shown === null) return;
    const text = documents.get(shown)?.text.toString() ?? files.get(shown) ?? '';
    const blocks = findBlocks(Text.of(text.split('\n')));
    const front = blocks[0]?.type === 'front' ? blocks[0].to : 0;
    const headings = blocks.filter((block) => block.type === 'heading');
    const fit = /^fit: (\d+)/m.exec(text)?.[1];
    const deck = isDeck(text);
    const pages = deck ? drawPages(slideLines(text), images, SLIDE) : drawPages(paginate(text.slice(front)), images);
    const allowed = fit === undefined ? null : Number(fit);
    lastPages = {
      briefing: shown, version: documents.get(shown)?.version ?? 0, pages, words: text.slice(front).split(/\s+/).filter(Boolean).length,
      outline: headings.map((heading, at) => ({
        level: heading.level, title: heading.title, offset: heading.from,
        words: text.slice(heading.to, headings[at + 1]?.from ?? text.length).split(/\s+/).filter(Boolean).length,
      })),
      fit: allowed === null ? null : { pages: allowed, over: Math.max(0, pages.length - allowed), lines: pages.length > allowed ? 4 : 0 },
      marking: /^marking: (.*)$/m.exec(text)?.[1] ?? null, kind: deck ? 'deck' : 'note', stages: { edit: 1, compose: 2, compile: 9, image: 4, transport: 2 },
    };
    handler({ type: 'pages', pages: lastPages });
  };
  const settle = (file: string): void => {
    const document = documents.get(file);
    if (!document) return;
    versions.keep(file, files.get(file) ?? '');
    files.set(file, document.text.toString());
    versions.keep(file, document.text.toString());
    handler({ type: 'saving', file, state: { type: 'saved', at: Date.now(), version: document.version } });
    handler({ type: 'problems', problems: problems() });
    if (file.startsWith('snippets/')) handler({ type: 'workspaceChanged', workspace: info(), ids: [file.replace(/^.*\//, '').replace(/\.md$/, '')], briefingsOnly: false });
  };

  function answer(query: Query): QueryReply {
    switch (query.type) {
      case 'workspace': return { type: 'workspace', workspace: open ? info() : null };
      case 'kept': return { type: 'kept', texts: Object.fromEntries(kept) };
      case 'recent': return { type: 'recent', folders: options.recent ?? [] };
      case 'library': {
        const all = cardsOf(files);
        const keys = sourcesOf(files).map((source) => source.key);
        const sources = (card: SnippetCard) => keys.filter((key) => (files.get(card.file) ?? '').includes(key));
        const areas = (card: SnippetCard) => listOf(files.get(card.file) ?? '', 'areas');
        const left = select(all, query.filter, sources, areas);
        const cards = left.slice(query.offset, query.offset + query.limit);
        const facets = facetsOf(left, sources, areas);
        return { type: 'library', page: { total: all.length, matched: left.length, cards, facets } };
      }
      case 'cards': return { type: 'cards', cards: cardsOf(files).filter((card) => query.ids.includes(card.id)) };
      case 'complete': return complete(query.what, query.text.toLowerCase(), query.limit);
      case 'sources': return { type: 'sources', sources: sourcesOf(files).filter((source) => `${source.reference} ${source.key}`.toLowerCase().includes(query.text.toLowerCase())) };
      case 'briefings': return { type: 'briefings', briefings: briefingsOf(files) };
      case 'templates': return {
        type: 'templates', templates: [
          { name: 'policy-brief', version: '1.0.0', kind: 'note', description: 'A note of a few A4 pages for somebody who decides.',
            descriptions: { ko: '결정하는 사람을 위한 몇 쪽의 A4 보고서.' }, thumbnail: null, origin: 'built-in' },
          { name: 'briefing-deck', version: '1.0.0', kind: 'deck', description: 'Slides at 16:9 with notes pages.', descriptions: {}, thumbnail: null, origin: 'built-in' },
        ],
      };
      case 'uses': return {
        type: 'uses', uses: briefingsOf(files).flatMap(({ file, title }) => (files.get(file) ?? '').split('\n').flatMap((text, at) =>
          (text.includes(`[[${query.id}`) ? [{ file, title, line: at + 1, text }] : []))),
      };
      case 'view': {
        const topics = /topics:\s*\[(.*)\]/.exec(query.body)?.[1]?.split(',').map((topic) => topic.trim()) ?? [];
        const cards = cardsOf(files).filter((card) => topics.length === 0 || topics.some((topic) => card.topics.includes(topic)));
        return { type: 'view', count: cards.length, titles: cards.map((card) => card.title), problems: [] };
      }
      case 'problems': return { type: 'problems', problems: problems() };
      case 'pages': return { type: 'pages', pages: lastPages };
      case 'slides': return { type: 'slides', slides: shown === null ? [] : slidesOf(edits.text(shown)) };
      case 'search': return { type: 'search', found: searchFiles(files, edits, query.search, query.limit) };
      case 'citations': return { type: 'uses', uses: citationsOf(files, query.key) };
      case 'sameSources': return { type: 'sameSources', groups: sameSources(files) };
      case 'copyChanges': return { type: 'copyChanges', changes: copyChanges(files, (file) => edits.text(file), query.id) };
      case 'versions': return { type: 'versions', versions: versions.of(query.file) };
      case 'versionText': return { type: 'text', text: versions.text(query.number) };
      case 'text': return { type: 'text', text: files.has(query.file) ? edits.text(query.file) : null };
      case 'form': return { type: 'form', schema: formOf(query.kind) };
      case 'settingsForm': return { type: 'form', schema: settingsFormOf(query.template) };
      case 'viewForm': return { type: 'form', schema: viewFormOf(query.name) };
      case 'values': return { type: 'values', values: valuesOf(files) };
      case 'textAt': return textAt(query.briefing, query.page, query.y);
      case 'pageAt': return pageAt(query.file, query.offset);
    }
  }

  function complete(what: string, text: string, limit: number): QueryReply {
    const has = (value: string) => text.split(/\s+/).every((word) => value.toLowerCase().includes(word));
    if (what === 'view') return { type: 'views', views: VIEWS.filter(has).map((name) => ({ name, starter: 'topics: []\n' })) };
    if (what === 'source') return { type: 'sources', sources: sourcesOf(files).filter((source) => has(`${source.key} ${source.reference}`)).slice(0, limit) };
    return { type: 'cards', cards: cardsOf(files).filter((card) => has(`${card.title} ${card.id} ${card.actors.join(' ')}`)).slice(0, limit) };
  }

  function bodyStart(file: string): number {
    const blocks = findBlocks(documents.get(file)?.text ?? Text.of((files.get(file) ?? '').split('\n')));
    return blocks[0]?.type === 'front' ? blocks[0].to : 0;
  }

  function linesOf(file: string): ReturnType<typeof paginate> {
    const text = edits.text(file);
    return isDeck(text) ? slideLines(text) : paginate(text.slice(bodyStart(file)));
  }

  function textAt(file: string, page: number, y: number): QueryReply {
    const start = bodyStart(file);
    const lines = linesOf(file)[page - 1] ?? [];
    const at = positions(lines).findIndex((bottom) => bottom + 3 >= y);
    const line = lines[at];
    return { type: 'textAt', found: line ? { place: { file, offset: start + line.offset }, origin: null, snippet: /\[\[([\w-]+)/.exec(line.text)?.[1] ?? null, link: null } : null };
  }

  function pageAt(file: string, offset: number): QueryReply {
    const start = bodyStart(file);
    const pages = linesOf(file);
    for (const [page, lines] of pages.entries()) {
      const at = lines.findIndex((line) => start + line.offset <= offset && offset <= start + line.offset + line.text.length);
      if (at >= 0) return { type: 'pageAt', points: [{ page: page + 1, x: 72, y: (positions(lines)[at] ?? 0) - 10 }] };
    }
    return { type: 'pageAt', points: [] };
  }

  function perform(action: Action): ActionReply {
    switch (action.type) {
      case 'openWorkspace': case 'newWorkspace':
        return { type: 'done' };
      case 'enterWorkspace':
        open = true;
        return { type: 'workspace', workspace: info() };
      case 'closeWorkspace':
        open = false;
        documents.clear();
        return { type: 'done' };
      case 'openDocument': {
        const text = files.get(action.file);
        if (text === undefined) throw failure('no-file', `There is no file ${action.file}`);
        const document = documents.get(action.file) ?? { text: Text.of(text.split('\n')), version: 0 };
        documents.set(action.file, document);
        return { type: 'document', file: action.file, text: document.text.toString(), version: document.version };
      }
      case 'closeDocument':
        settle(action.file);
        documents.delete(action.file);
        return { type: 'done' };
      case 'edit': {
        const document = documents.get(action.file);
        if (!document || action.version !== document.version + 1) throw failure('stale-version', 'The file changed meanwhile');
        document.text = toChangeSet(action.changes, document.text.length).apply(document.text);
        document.version = action.version;
        handler({ type: 'saving', file: action.file, state: { type: 'unsaved' } });
        if (action.file === shown) setTimeout(typeset, 15);
        setTimeout(() => settle(action.file), 300);
        return { type: 'done' };
      }
      case 'save':
        settle(action.file);
        return { type: 'done' };
      case 'showPages':
        if (shown !== action.briefing) {
          shown = action.briefing;
          setTimeout(typeset, 15);
        }
        return { type: 'done' };
      case 'newBriefing': return made(`${slug(action.title)}.md`, `---\ntitle: ${action.title}\ntemplate: ${action.template}\n---\n\n`);
      case 'newSnippet': return made(`snippets/${slug(action.title)}.md`, `---\nkind: ${action.kind}\ntitle: ${action.title}\n${action.source === null ? '' : `sources: ["${action.source}"]\n`}---\n${action.body}\n`);
      case 'export':
        handler({ type: 'export', state: { type: 'running', briefing: action.request.briefing, done: 0, total: null } });
        setTimeout(() => handler({ type: 'export', state: { type: 'done', briefing: action.request.briefing, format: action.request.format, files: [action.request.path], pages: 3, problems: [] } }), 200);
        return { type: 'done' };
      case 'stopExport': case 'openFile': return { type: 'done' };
      case 'renameSnippet': return { type: 'edited', edit: edits.apply(rename(files, (file) => edits.text(file), action.id, action.to)) };
      case 'deleteSnippets': return { type: 'edited', edit: edits.apply(remove(files, action.ids)) };
      case 'duplicateSnippet': case 'detachSnippet': return made(...copy(files, (file) => edits.text(file), action.id, action.type === 'detachSnippet'));
      case 'settleCopy': return { type: 'edited', edit: edits.apply(settleSnippet(files, (file) => edits.text(file), action.id, action.how)) };
      case 'addSources': {
        const { reply, edit } = addSources(files, (file) => edits.text(file), action.text);
        edits.apply(edit);
        return reply;
      }
      case 'mergeSources': return { type: 'edited', edit: edits.apply(mergeSources(files, (file) => edits.text(file), action.keep, action.drop)) };
      case 'openSource': return { type: 'done' };
      case 'addPicture': return made(...addPicture(files, action.name, action.data));
      case 'setFields': return { type: 'edited', edit: edits.apply(setFields(files, (file) => edits.text(file), action.ids, action.changes)) };
      case 'replaceAll': return { type: 'edited', edit: edits.apply(replacement(files, edits, action.search, action.with, action.skip)) };
      case 'keep': kept.set(action.name, action.text); return { type: 'done' };
      case 'undoEdit': return { type: 'edited', edit: edits.undo() };
      case 'stopOpening': case 'stopImport': case 'present': return { type: 'done' };
    }
  }

  const slug = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'untitled';

  function made(file: string, text: string): ActionReply {
    files.set(file, text);
    handler({ type: 'workspaceChanged', workspace: info(), ids: [], briefingsOnly: false });
    return { type: 'made', file };
  }

  return {
    actions,
    files,
    emit: (event) => handler(event),
    change(file, changes) {
      const document = documents.get(file);
      if (!document) return;
      document.text = toChangeSet(changes, document.text.length).apply(document.text);
      document.version += 1;
      handler({ type: 'documentChanged', file, version: document.version, changes });
    },
    move: (from, to) => void edits.apply({ texts: new Map(), moves: [[from, to]] }),
    hold: () => void (held = []),
    release() {
      const waiting = held ?? [];
      held = null;
      for (const go of waiting) go();
    },
    query: (query) => new Promise((resolve) => setTimeout(() => resolve(answer(query)))),
    act: async (action) => {
      actions.push(structuredClone(action));
      if (action.type === 'edit' && held) await new Promise<void>((resolve) => held?.push(resolve));
      return perform(action);
    },
    subscribe: async (listener) => void (handler = listener),
    pageUrl: (hash) => images.get(hash) ?? 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
    pictureUrl: (path) => addressOf(files, path),
    pickFolder: async () => '/home/analyst/rok-nato',
    pickFile: async (_title, suggested) => suggested,
    showMenu: async () => undefined,
    onMenu: async () => undefined,
    onClose: async () => undefined,
    setTitle: async () => undefined,
  };
}
