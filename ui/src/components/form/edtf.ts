/** Dates as Chancery reads them: EDTF level 0, open intervals, `~` and `?`. */

const DAY = String.raw`\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?]?`;
const EDTF = new RegExp(`^(${DAY}|(${DAY}|\\.\\.)?/(${DAY}|\\.\\.)?)$`);

/** Returns whether a text is a date as Chancery reads it. */
export function isEdtf(text: string): boolean {
  return EDTF.test(text.trim());
}

/** Returns where the side of an interval stands that holds the caret. */
function side(text: string, caret: number): { from: number; to: number } {
  const slash = text.indexOf('/');
  if (slash < 0) return { from: 0, to: text.length };
  return caret <= slash ? { from: 0, to: slash } : { from: slash + 1, to: text.length };
}

/** Returns a date with the side at the caret replaced; how sure it is stays. */
export function withDay(text: string, day: string, caret: number): string {
  const { from, to } = side(text, caret);
  const sure = /[~?]$/.exec(text.slice(from, to))?.[0] ?? '';
  return text.slice(0, from) + day + sure + text.slice(to);
}

/** Returns year, month and day at the caret, as far as they are written. */
export function dayAt(text: string, caret: number): { year: number; month: number | null; day: number | null } | null {
  const { from, to } = side(text, caret);
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text.slice(from, to));
  if (!found) return null;
  return { year: Number(found[1]), month: found[2] === undefined ? null : Number(found[2]), day: found[3] === undefined ? null : Number(found[3]) };
}

/** Returns how many days ago a day was; 0 where it is to come, or no single day. */
export function daysSince(text: string, now = Date.now()): number {
  const found = /^\d{4}-\d{2}-\d{2}$/.exec(text.trim());
  return found ? Math.max(Math.floor((now - Date.parse(found[0])) / 86_400_000), 0) : 0;
}
