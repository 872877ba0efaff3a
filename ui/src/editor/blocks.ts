/** Finds, line by line, what stands as a block of its own: front matter, embeds, views, directives, headings. */

import type { Text } from '@codemirror/state';

export type Block =
  | { type: 'front'; from: number; to: number }
  | { type: 'embed'; from: number; to: number; call: EmbedCall }
  | { type: 'picture'; from: number; to: number; file: string; alt: string }
  | { type: 'view'; from: number; to: number; name: string; body: string; bodyFrom: number }
  | { type: 'fence'; from: number; to: number }
  | { type: 'directive'; from: number; to: number; name: string }
  | { type: 'heading'; from: number; to: number; level: number; title: string };

/** What `![[target#field|variant]]` says. */
export interface EmbedCall {
  target: string;
  field: string | null;
  /** Whether the field's unit is shown as well. */
  unit: boolean;
  variant: string | null;
}

const PICTURE = /\.(png|jpe?g|gif|svg|webp)$/i;
const LONE_PICTURE = /^ {0,3}!\[((?:[^[\]\\]|\\.)*)\]\((?:<([^<>]+)>|([^\s()<>]+))(?:[ \t]+"[^"]*")?\)(?:\{[^{}]*\})?[ \t]*$/;
const LONE_EMBED = /^ {0,3}!\[\[([^[\]\n]+)\]\][ \t]*$/;
/** What a line begins with that can be a block of ours; all other lines are passed by. */
const MARKS = /^ {0,3}[`~#:!]/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const VIEW = /^\s*\{([a-z-]+)\}\s*$/;
const DIRECTIVE = /^:::\s*([a-z-]*)\s*$/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;

/** Returns what stands between `![[` and `]]`. */
export function parseCall(inner: string): EmbedCall {
  const bar = inner.search(/\\?\|/);
  const head = bar < 0 ? inner : inner.slice(0, bar);
  const variant = bar < 0 ? null : inner.slice(bar).replace(/^\\?\|/, '').trim();
  const [target = '', field] = head.split('#');
  const unit = field?.endsWith('+unit') ?? false;
  return { target: target.trim(), field: field === undefined ? null : field.replace(/\+unit$/, '').trim(), unit, variant };
}

/** Returns whether a call names a picture. */
export function isPicture(call: EmbedCall): boolean {
  return PICTURE.test(call.target);
}

/** Returns the picture that a line shows and nothing else, where it is one of the workspace's. */
function pictureIn(line: string): { file: string; alt: string } | null {
  const found = LONE_PICTURE.exec(line);
  if (!found) return null;
  const file = decoded(found[2] ?? found[3] ?? '').replace(/^\.?\//, '');
  return file.startsWith('images/') ? { file, alt: (found[1] ?? '').replace(/\\([\\[\]])/g, '$1').trim() } : null;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Returns the blocks of a text, in order. */
export function findBlocks(doc: Text): Block[] {
  const blocks: Block[] = [];
  let offset = 0;
  let fence: { mark: string; from: number; info: string; bodyFrom: number; body: string[] } | null = null;
  let front = false;
  let blankBefore = true;
  let pending: (Block & { type: 'embed' | 'picture' }) | null = null;
  let number = 0;
  for (const line of doc.iterLines()) {
    const from = offset;
    const to = offset + line.length;
    offset = to + 1;
    number += 1;
    if (front) {
      if (/^(---|\.\.\.)\s*$/.test(line)) {
        blocks.push({ type: 'front', from: 0, to });
        front = false;
      }
      continue;
    }
    if (number === 1 && /^---\s*$/.test(line)) {
      front = true;
      continue;
    }
    if (fence) {
      const close = FENCE.exec(line);
      if (close && close[1] !== undefined && close[1][0] === fence.mark[0] && close[1].length >= fence.mark.length && close[2]?.trim() === '') {
        blocks.push(closed(fence, to));
        fence = null;
        blankBefore = true;
      } else fence.body.push(line);
      continue;
    }
    const blank = line.trim() === '';
    if (pending && !blank) pending = null;
    else if (pending) {
      blocks.push(pending);
      pending = null;
    }
    if (blank) {
      blankBefore = true;
      continue;
    }
    if (!MARKS.test(line)) {
      blankBefore = false;
      continue;
    }
    const opened = FENCE.exec(line);
    const heading = HEADING.exec(line);
    const embed = LONE_EMBED.exec(line);
    const picture = blankBefore ? pictureIn(line) : null;
    const directive = DIRECTIVE.exec(line);
    if (opened && !(opened[1]?.startsWith('`') && opened[2]?.includes('`'))) {
      fence = { mark: opened[1] ?? '```', from, info: opened[2] ?? '', bodyFrom: to + 1, body: [] };
    } else if (heading) {
      blocks.push({ type: 'heading', from, to, level: heading[1]?.length ?? 1, title: heading[2] ?? '' });
    } else if (directive) {
      blocks.push({ type: 'directive', from, to, name: directive[1] ?? '' });
    } else if (embed && blankBefore) {
      const call = parseCall(embed[1] ?? '');
      if (!isPicture(call) && call.field === null) pending = { type: 'embed', from, to, call };
      else if (isPicture(call) && call.target.startsWith('images/')) pending = { type: 'picture', from, to, file: call.target, alt: call.variant ?? '' };
    } else if (picture) pending = { type: 'picture', from, to, ...picture };
    blankBefore = heading !== null || directive !== null;
  }
  if (pending) blocks.push(pending);
  return blocks;
}

function closed(fence: { from: number; info: string; bodyFrom: number; body: string[] }, to: number): Block {
  const name = VIEW.exec(fence.info)?.[1];
  if (name === undefined) return { type: 'fence', from: fence.from, to };
  return { type: 'view', from: fence.from, to, name, body: fence.body.join('\n'), bodyFrom: fence.bodyFrom };
}
