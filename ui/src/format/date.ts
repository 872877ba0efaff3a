import type { SnippetCard } from '../bindings/SnippetCard';
import { language } from '../state/language.svelte';

type Form = 'short' | 'long';

const DAY = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?])?$/;

function options(form: Form, month: boolean, day: boolean): Intl.DateTimeFormatOptions {
  return {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month ? { month: form === 'long' ? 'long' : language.current === 'ko' ? 'numeric' : 'short' } : {}),
    ...(day ? { day: 'numeric' } : {}),
  };
}

function formatDay(text: string, form: Form): string {
  const found = DAY.exec(text);
  if (!found) return text;
  const [, year = '', month, day, qualifier] = found;
  const sure = qualifier === '~' ? (language.current === 'ko' ? '경' : 'c. ') : '';
  let shown = year;
  if (month) {
    const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
    const locale = language.current === 'ko' ? 'ko-KR' : 'en-GB';
    shown = new Intl.DateTimeFormat(locale, options(form, true, day !== undefined)).format(date);
  } else if (language.current === 'ko' && form === 'long') shown = `${year}년`;
  const marked = qualifier === '?' ? `${shown}?` : shown;
  return language.current === 'ko' ? marked + sure : sure + marked;
}

/** Returns an EDTF date (level 0, open intervals, `~` and `?`) in the language of the interface. */
export function formatDate(edtf: string, form: Form = 'short'): string {
  const [start, end] = edtf.split('/');
  if (end === undefined) return formatDay(edtf, form);
  const side = (part: string | undefined): string => (part === undefined || part === '..' || part === '' ? '' : formatDay(part, form));
  return `${side(start)}–${side(end)}`;
}

/** Returns the date that a list shows of a snippet. */
export function shortDate(card: Pick<SnippetCard, 'date' | 'edtf'>): string {
  if (language.current === 'ko' && card.edtf) return formatDate(card.edtf);
  return card.date ?? (card.edtf ? formatDate(card.edtf) : '');
}

/** Returns the date that a slip in the text shows. */
export function longDate(card: Pick<SnippetCard, 'date' | 'edtf'>): string {
  return card.edtf ? formatDate(card.edtf, 'long') : (card.date ?? '');
}

/** Returns a time of day. */
export function formatTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

/** Returns when a file was saved: today, else day and month, with the year where it is another. */
export function formatModified(milliseconds: number, today: string, now = new Date()): string {
  const date = new Date(milliseconds);
  if (date.toDateString() === now.toDateString()) return today;
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  const ko = language.current === 'ko';
  return new Intl.DateTimeFormat(ko ? 'ko-KR' : 'en-GB', { ...year, month: ko ? 'numeric' : 'short', day: 'numeric' }).format(date);
}

/** Returns a number in the form of the interface's language. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(language.current === 'ko' ? 'ko-KR' : 'en-GB').format(value);
}

/** Returns a length of time as minutes and seconds, with hours where there are any. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Returns a moment as day and time to the second, as the interface's language writes them. */
export function formatMoment(milliseconds: number): string {
  const locale = language.current === 'ko' ? 'ko-KR' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(milliseconds);
}
