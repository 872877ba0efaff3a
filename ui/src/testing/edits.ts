/** Changes of several files in the engine in memory, which can be taken back as one. */

import { Text } from '@codemirror/state';
import type { EditInfo } from '../bindings/EditInfo';
import type { Event } from '../bindings/Event';
import type { WorkspaceInfo } from '../bindings/WorkspaceInfo';
import { difference, toTextChanges } from '../editor/sync';

export interface Store {
  files: Map<string, string>;
  documents: Map<string, { text: Text; version: number }>;
  tell(event: Event): void;
  info(): WorkspaceInfo;
}

/** What an edit does: new texts (null deletes), and files that get another name first. */
export interface FileEdit {
  texts: Map<string, string | null>;
  moves?: [string, string][];
  places?: number;
}

export class Edits {
  #store: Store;
  #back: FileEdit | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Returns a file's text as it is now. */
  text(file: string): string {
    return this.#store.documents.get(file)?.text.toString() ?? this.#store.files.get(file) ?? '';
  }

  /** Makes a change of several files. */
  apply(edit: FileEdit): EditInfo {
    const info = this.#run(edit);
    return { ...info, undoable: info.files > 0 };
  }

  /** Takes the last change back. */
  undo(): EditInfo {
    const back = this.#back;
    if (!back) return { files: 0, places: 0, undoable: false };
    const info = this.#run(back);
    this.#back = null;
    return { ...info, undoable: false };
  }

  #run({ texts, moves = [], places = texts.size }: FileEdit): EditInfo {
    const { files, tell, info } = this.#store;
    const before = new Map<string, string | null>();
    for (const [from, to] of moves) this.#move(from, to);
    for (const [file, text] of texts) {
      before.set(file, files.has(file) ? this.text(file) : null);
      this.#write(file, text);
    }
    const backwards = moves.map(([from, to]): [string, string] => [to, from]).reverse();
    const named = (file: string): string => backwards.find(([from]) => from === file)?.[1] ?? file;
    this.#back = { texts: new Map([...before].map(([file, text]) => [named(file), text])), moves: backwards, places };
    tell({ type: 'workspaceChanged', workspace: info(), ids: [], briefingsOnly: false });
    return { files: new Set([...texts.keys(), ...moves.map(([, to]) => to)]).size, places, undoable: false };
  }

  #move(from: string, to: string): void {
    const { files, documents, tell } = this.#store;
    const document = documents.get(from);
    files.set(to, files.get(from) ?? '');
    files.delete(from);
    if (document) documents.set(to, document);
    documents.delete(from);
    tell({ type: 'fileMoved', file: from, to });
  }

  #write(file: string, text: string | null): void {
    const { files, documents, tell } = this.#store;
    const document = documents.get(file);
    if (text === null) {
      files.delete(file);
      documents.delete(file);
      tell({ type: 'fileMoved', file, to: null });
      return;
    }
    files.set(file, text);
    if (!document) return;
    const next = Text.of(text.split('\n'));
    const changes = toTextChanges(difference(document.text, next));
    document.text = next;
    document.version += 1;
    tell({ type: 'documentChanged', file, version: document.version, changes });
  }
}
