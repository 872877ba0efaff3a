/** Pictures in the engine in memory: what a file is, its first bytes say. */

import type { Failure } from '../bindings/Failure';

const HEADS: [string, string][] = [['\x89PNG\r\n\x1a\n', 'png'], ['\xff\xd8\xff', 'jpg'], ['GIF8', 'gif']];

/** Returns under which name a picture is kept, and what is kept of it. */
export function addPicture(files: Map<string, string>, name: string, data: string): [file: string, text: string] {
  const ending = HEADS.find(([head]) => atob(data).startsWith(head))?.[1];
  const failure: Failure = { kind: 'input', code: 'no-picture', message: 'this is no picture that a page can show', hint: 'PNG, JPEG, GIF, WebP and SVG can be shown.' };
  if (ending === undefined) throw failure;
  const stem = name.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_]+/gu, '-').toLowerCase() || 'picture';
  for (let n = 1; ; n++) {
    const file = `images/${stem}${n === 1 ? '' : `-${n}`}.${ending}`;
    if (!files.has(file)) return [file, data];
  }
}

/** Returns the address of a picture; nothing is there where there is none. */
export function addressOf(files: Map<string, string>, path: string): string {
  const held = files.get(path);
  if (held === undefined) return `data:,${encodeURIComponent(path)}`;
  return held.startsWith('<') ? `data:image/svg+xml,${encodeURIComponent(held)}` : `data:image/*;base64,${held}`;
}
