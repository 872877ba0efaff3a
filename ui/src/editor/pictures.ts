/** Pictures pasted or dropped into the text: kept by the engine, asked for what they show, and inserted as one change. */

import { type EditorState, type Extension, StateEffect, StateField, type Text, type TransactionSpec } from '@codemirror/state';
import { EditorView, showTooltip, type Tooltip } from '@codemirror/view';
import PictureText from '../components/editor/PictureText.svelte';
import { readAddress } from '../format/files';
import { act } from '../ipc';
import { m } from '../paraglide/messages.js';
import { blockField } from './blocks-field';
import { insertBlock } from './gestures';
import { host } from './host';
import { topBlocks } from './top-blocks';

/** A picture on its way into the text. */
interface Waiting {
  id: number;
  /** What it will replace; it follows the text while somebody writes. */
  from: number;
  to: number;
  /** Whether it stands as a block of its own wherever it lands. */
  block: boolean;
  /** The field that asks what it shows, once the engine has the picture. */
  tooltip: Pick<Tooltip, 'create'> | null;
}

const begun = StateEffect.define<Waiting>();
const kept = StateEffect.define<{ id: number; tooltip: Pick<Tooltip, 'create'> }>();
const ended = StateEffect.define<number>();
let number = 0;

const waiting = StateField.define<Waiting[]>({
  create: () => [],
  update(list, { changes, docChanged, effects }) {
    let next = docChanged ? list.map((item) => ({ ...item, ...moved(item, (at, side) => changes.mapPos(at, side)) })) : list;
    for (const effect of effects) {
      if (effect.is(begun)) next = [...next, effect.value];
      else if (effect.is(kept)) next = next.map((item) => (item.id === effect.value.id ? { ...item, tooltip: effect.value.tooltip } : item));
      else if (effect.is(ended)) next = next.filter((item) => item.id !== effect.value);
    }
    return next;
  },
  provide: (field) => showTooltip.from(field, ([first]) => (first?.tooltip ? { pos: first.from, ...first.tooltip } : null)),
});

function moved({ from, to }: Waiting, map: (at: number, side: number) => number): { from: number; to: number } {
  const start = map(from, 1);
  return { from: start, to: Math.max(start, map(to, from === to ? 1 : -1)) };
}

/** Returns a picture's Markdown. */
export function pictureText(file: string, alt: string): string {
  const plain = alt.replace(/\s+/g, ' ').trim().replace(/[\\[\]]/g, '\\$&');
  return `![${plain}](${/[\s()<>]/.test(file) ? `<${file}>` : file})`;
}

/** Returns the change that puts a picture in: within a line of text, else as a block. */
export function insertPicture(state: EditorState, { from, to, block }: Pick<Waiting, 'from' | 'to' | 'block'>, text: string): TransactionSpec {
  const line = state.doc.lineAt(from);
  if (block) return insertBlock(state, from, text);
  if (line.text.trim() === '' && to <= line.to) return insertBlock(state, line.from, text, line.to);
  if (from === to && from === line.to && endsParagraph(state.doc, line.number)) return insertBlock(state, from, text);
  return { changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: 'input.picture', scrollIntoView: true };
}

function endsParagraph(doc: Text, number: number): boolean {
  const plain = /^(?:!\[|[\p{L}\p{N}*_[("“‘])/u.test(doc.line(number).text) && !/^(\d+[.)]|[*])\s/.test(doc.line(number).text);
  return plain && (number === doc.lines || doc.line(number + 1).text.trim() === '');
}

/** Returns the first place behind the front matter at or behind `at`. */
function behindFront(state: EditorState, at: number): number {
  const front = state.field(blockField).blocks.find((block) => block.type === 'front');
  return Math.max(at, front ? Math.min(front.to + 1, state.doc.length) : 0);
}

async function take(view: EditorView, file: File, place: { from: number; to: number; block: boolean }): Promise<void> {
  const around = view.state.facet(host);
  if (!around) return;
  const id = ++number;
  view.dispatch({ effects: begun.of({ id, ...place, tooltip: null }) });
  try {
    const address = await readAddress(file);
    const name = file.name === '' ? 'picture' : file.name;
    const reply = await act({ type: 'addPicture', name, data: address.slice(address.indexOf(',') + 1) });
    if (reply.type !== 'made') throw new Error(name);
    const tooltip = { create: (view: EditorView) => ask(view, id, reply.file, address) };
    const at = view.state.field(waiting).find((item) => item.id === id)?.from ?? 0;
    view.dispatch({ effects: [kept.of({ id, tooltip }), EditorView.scrollIntoView(at)] });
  } catch (error) {
    view.dispatch({ effects: ended.of(id) });
    around.fail(error);
  }
}

function ask(view: EditorView, id: number, file: string, address: string): ReturnType<Tooltip['create']> {
  const dom = document.createElement('div');
  dom.className = 'picture-ask';
  const around = view.state.facet(host);
  const put = (alt: string): void => {
    const item = view.state.field(waiting).find((item) => item.id === id);
    if (!item) return;
    view.dispatch(insertPicture(view.state, item, pictureText(file, alt)), { effects: ended.of(id) });
    view.focus();
  };
  const leave = (): void => {
    const item = view.state.field(waiting).find((item) => item.id === id);
    view.dispatch({ effects: ended.of(id) });
    view.focus();
    const insert = (): void => {
      view.dispatch(insertPicture(view.state, within(view.state, item), pictureText(file, '')));
      view.focus();
    };
    const action = { label: m.picture_insert(), run: insert };
    around?.say({ text: m.picture_left({ file }), action });
  };
  const unmount = around?.mount(PictureText, dom, { address, put, leave });
  return { dom, mount: () => dom.querySelector('input')?.focus(), destroy: unmount };
}

/** The text may be another one by now. */
function within({ doc, selection }: EditorState, item: Waiting | undefined): { from: number; to: number; block: boolean } {
  const from = Math.min(item?.from ?? selection.main.head, doc.length);
  return { from, to: from, block: item?.block ?? false };
}

async function takeAll(view: EditorView, files: File[], place: { from: number; to: number; block: boolean }): Promise<void> {
  for (const file of files) await take(view, file, place);
}

function picturesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));
}

/** Word and spreadsheets put a picture of the text beside the text: the text is meant then. */
function meansText(data: DataTransfer): boolean {
  if (data.getData('text/plain').trim() !== '') return true;
  const html = data.getData('text/html');
  return html !== '' && (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').trim() !== '';
}

/** Asks the clipboard itself for a picture, where WebKitGTK leaves what it gives with the event empty. */
async function readClipboard(): Promise<File[]> {
  const items = await navigator.clipboard.read().catch(() => []);
  const files = items.map(async (item) => {
    const type = item.types.find((type) => type === 'image/png') ?? item.types.find((type) => type.startsWith('image/'));
    const blob = type === undefined ? null : await item.getType(type);
    return blob && new File([blob], `picture.${blob.type.replace(/^image\/|[+;].*$/g, '')}`, { type: blob.type });
  });
  return (await Promise.all(files)).filter((file) => file !== null);
}

/** Returns what a picture pasted at the cursor replaces. */
function atCursor({ state }: EditorView): { from: number; to: number; block: boolean } {
  const { main } = state.selection;
  const from = behindFront(state, main.from);
  return { from, to: Math.max(from, main.to), block: false };
}

/** Takes pictures from the clipboard, and files of pictures dropped on the text. */
export function pictures(): Extension {
  return [
    waiting,
    EditorView.domEventHandlers({
      paste(event, view) {
        const data = event.clipboardData;
        if (!data) return false;
        // Text of an old program has no type there either, but it has text.
        if (data.types.length === 0 && data.getData('text/plain') === '' && 'clipboard' in navigator) {
          event.preventDefault();
          void readClipboard().then((files) => takeAll(view, files, atCursor(view)));
          return true;
        }
        const files = picturesOf(data);
        if (files.length === 0 || meansText(data)) return false;
        event.preventDefault();
        void takeAll(view, files, atCursor(view));
        return true;
      },
      dragover(event) {
        if (!event.dataTransfer?.types.includes('Files')) return false;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        return false;
      },
      drop(event, view) {
        const files = picturesOf(event.dataTransfer);
        if (files.length === 0) return false;
        event.preventDefault();
        const at = behindFront(view.state, view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.selection.main.head);
        const under = topBlocks(view.state).find((span) => span.from < at && at <= span.to);
        const from = under?.to ?? at;
        void takeAll(view, files, { from, to: from, block: true });
        return true;
      },
    }),
  ];
}
