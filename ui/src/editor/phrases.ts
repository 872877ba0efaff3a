import { EditorState, type Extension } from '@codemirror/state';
import { m } from '../paraglide/messages.js';

/** What CodeMirror itself says, read anew each time: the language may change while a text is open. */
const WORDS: Record<string, () => string> = {
  '$ unchanged lines': () => m.lines_unchanged(),
  'Completions': () => m.completions(),
  'current match': () => m.find_current(),
  'on line': () => m.find_on_line(),
  'replaced match on line $': () => m.find_replaced_on(),
  'replaced $ matches': () => m.find_replaced(),
  'Selection deleted': () => m.selection_deleted(),
  'Control character': () => m.control_character(),
};

const PHRASES: Record<string, string> = {};
for (const [phrase, words] of Object.entries(WORDS)) Object.defineProperty(PHRASES, phrase, { get: words, enumerable: true });

/** Has the editor speak the language of the window. */
export function phrases(): Extension {
  return EditorState.phrases.of(PHRASES);
}
