/** A source written into a form, as an entry of BibLaTeX. */

/** Types of entries that the form offers. */
export const SOURCE_TYPES = ['report', 'article', 'book', 'online', 'misc'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

/** What a form holds of a source; `place` is who published it, or the journal. */
export interface SourceFields {
  type: SourceType;
  /** One a line: `Family, Given`, or an organisation as it is called. */
  authors: string;
  title: string;
  date: string;
  place: string;
  series: string;
  number: string;
  url: string;
  doi: string;
}

const PLACES: Record<SourceType, string> = {
  report: 'institution', article: 'journaltitle', book: 'publisher', online: 'organization', misc: 'organization',
};

/** Returns a form in which nothing is written yet. */
export function emptySource(): SourceFields {
  return { type: 'report', authors: '', title: '', date: '', place: '', series: '', number: '', url: '', doi: '' };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Returns a text that BibTeX reads as it stands here. */
export function escapeBibtex(text: string): string {
  return oneLine(text).replace(/[\\{}~^#&%$_]/g, '\\$&');
}

/** Fields of addresses are read as they stand; only what would end them is escaped. */
const verbatim = (text: string): string => oneLine(text).replace(/[\\{}]/g, '\\$&');

/** Keeps a name together where `and` would part it. */
const whole = (text: string): string => (text.trim() === '' ? '' : `{${escapeBibtex(text)}}`);

function authorsOf(text: string): string {
  const names = text.split('\n').filter((name) => name.trim() !== '');
  return names.map((name) => (name.includes(',') ? escapeBibtex(name) : whole(name))).join(' and ');
}

/** Returns a name as a key has it: lower case, without accents; Hangul stays. */
function slug(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').replace(/[^\p{L}\p{N}-]/gu, '').toLowerCase();
}

/** Returns the key of a source: its first author, else who published it, and its year. */
export function sourceKey(fields: SourceFields): string {
  const from = [fields.authors, fields.place, fields.title].find((text) => text.trim() !== '') ?? '';
  const name = slug(from.trim().split(/[,\s]/)[0] ?? '');
  const year = /\d{4}/.exec(fields.date)?.[0] ?? '';
  return [name, year].filter((part) => part !== '').join('-') || 'source';
}

/** Returns the entry. */
export function composeBibtex(fields: SourceFields): string {
  const { type } = fields;
  const doi = fields.doi.trim().replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, '');
  const lines: [string, string][] = [
    ['author', authorsOf(fields.authors)],
    ['title', escapeBibtex(fields.title)],
    ['date', verbatim(fields.date)],
    [PLACES[type], type === 'article' ? escapeBibtex(fields.place) : whole(fields.place)],
    [type === 'article' ? 'volume' : 'series', type === 'online' ? '' : escapeBibtex(fields.series)],
    ['number', type === 'online' ? '' : escapeBibtex(fields.number)],
    ['url', verbatim(fields.url)],
    ['doi', verbatim(doi)],
  ];
  const written = lines.filter(([, value]) => value !== '').map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@${type}{${sourceKey(fields)},\n${written.join('')}}\n`;
}
