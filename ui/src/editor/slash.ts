import { type Completion, startCompletion } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { matching } from '../components/form/match';
import { viewName } from '../format/names';
import { m } from '../paraglide/messages.js';
import type { EditorHost } from './host';

/** A block that `/` and the palette can insert: `|` in the text is where the cursor goes. */
export interface Insertable {
  name: string;
  label: string;
  icon: string;
  meta: string;
  text: string;
  /** Whether completion opens at the cursor. */
  completes?: boolean;
}

/** Returns everything that can be inserted as a block. */
export function insertables(around: EditorHost): Insertable[] {
  const block = m.slash_block();
  const views = around.evidence.views.map((view) => ({
    name: view.name, label: viewName(view.name), icon: `view-${view.name}`, meta: m.slash_view(),
    text: `\`\`\`{${view.name}}\n${view.starter.replace(/\n$/, '')}|\n\`\`\`\n`,
  }));
  return [
    { name: 'snippet', label: m.slash_snippet(), icon: 'text', meta: '![[', text: '![[|', completes: true },
    { name: 'citation', label: m.slash_citation(), icon: 'source', meta: '[@', text: '[@|', completes: true },
    ...views,
    { name: 'heading', label: m.slash_heading(), icon: 'heading', meta: block, text: '# |' },
    { name: 'subheading', label: m.slash_subheading(), icon: 'heading', meta: block, text: '## |' },
    { name: 'list', label: m.slash_list(), icon: 'list', meta: block, text: '- |' },
    { name: 'table', label: m.slash_table(), icon: 'table', meta: block, text: '|  |  |\n| --- | --- |\n|  |  |\n' },
    { name: 'quote', label: m.slash_quote(), icon: 'quote', meta: block, text: '> |' },
    { name: 'note', label: m.slash_note(), icon: 'text', meta: block, text: '> [!NOTE]\n> |' },
    { name: 'key-points', label: m.slash_key_points(), icon: 'list', meta: block, text: '::: key-points\n- |\n:::\n' },
    { name: 'notes', label: m.slash_speaker_notes(), icon: 'text', meta: block, text: '::: notes\n|\n:::\n' },
  ];
}

/** Puts an insertable in the place of `from..to`; what has several lines stands apart from the text before it and behind it. */
export function insert(view: EditorView, entry: Insertable, from: number, to: number): void {
  const { doc } = view.state;
  const line = doc.lineAt(from);
  const several = entry.text.includes('\n');
  const lead = several && from === line.from && line.number > 1 && doc.line(line.number - 1).text.trim() !== '' ? '\n' : '';
  const body = doc.sliceString(to, to + 1) === '\n' ? entry.text.replace(/\n$/, '') : entry.text;
  // The cursor goes to the mark, in a table into its first cell.
  const at = entry.name === 'table' ? entry.text.indexOf('|') + 2 : entry.text.indexOf('|');
  const text = entry.name === 'table' ? body : body.replace('|', '');
  view.dispatch({ changes: { from, to, insert: lead + text }, selection: { anchor: from + lead.length + at }, userEvent: 'input', scrollIntoView: true });
  view.focus();
  if (entry.completes) queueMicrotask(() => startCompletion(view));
}

/** Returns the blocks and views that are found by what is typed behind `/`: by their names, and as they are called in the text. */
export function slashOptions(around: EditorHost, typed: string): Completion[] {
  const entries = new Map(insertables(around).map((entry) => [entry.name, entry]));
  const found = matching([...entries].map(([value, { label }]) => ({ value, label })), typed);
  return found.flatMap(({ value }) => {
    const entry = entries.get(value);
    return entry ? [{
      label: entry.label, icon: entry.icon, meta: entry.meta,
      apply: (view: EditorView, _completion: Completion, from: number, to: number) => insert(view, entry, from, to),
    }] : [];
  });
}
