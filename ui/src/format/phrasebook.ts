/**
 * What stands at a numbered place of a phrase: what was named, as it is (`{0}`); a sentence or word of the engine's, told
 * in the other language where it is known (`{0:said}`), or without which the phrase does not fit (`{0:known}`); a number or
 * version (`{0:number}`); names with “or” before the last (`{0:list}`).
 */
const PLACE = /\{(\d)(?::(said|known|number|list))?\}/;

/** A phrase with places: how it is recognised, and what it says in the other language. */
interface Phrase {
  pattern: RegExp;
  /** The number and the kind of each place, in their order. */
  places: { number: number; kind: string | undefined }[];
  /** How many letters of it are fixed: the more, the more specific it is. */
  fixed: number;
  says: string;
}

/** How many sentences are remembered; a workspace with more problems than that is looked up again. */
const REMEMBERED = 5000;

/** Tells sentences that are made of patterns in another language, keeping what they name. */
export class Phrasebook {
  #exact = new Map<string, string>();
  /** By what they start with; those that start with a place are among the phrases of every letter. */
  #phrases = new Map<string, Phrase[]>();
  #remembered = new Map<string, string | undefined>();

  /** Prepares phrases, each with what it says in the other language. */
  constructor(phrases: Record<string, string>) {
    const made: [string, Phrase][] = [];
    for (const [phrase, says] of Object.entries(phrases)) {
      if (PLACE.test(phrase)) made.push([/^\{\d/.test(phrase) ? '' : first(phrase), prepared(phrase, says)]);
      else this.#exact.set(lowered(phrase), says);
    }
    for (const letter of new Set(made.map(([letter]) => letter))) {
      const own = made.filter(([other]) => other === letter || other === '').map(([, phrase]) => phrase);
      this.#phrases.set(letter, own.sort((a, b) => b.fixed - a.fixed));
    }
  }

  /** Returns a sentence in the other language; nothing where it is not known. A capital at its start makes no difference. */
  tell(sentence: string): string | undefined {
    if (this.#remembered.has(sentence)) return this.#remembered.get(sentence);
    const told = this.#exact.get(lowered(sentence)) ?? this.#made(sentence);
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
    this.#remembered.set(sentence, told);
    return told;
  }

  #made(sentence: string): string | undefined {
    for (const phrase of this.#phrases.get(first(sentence)) ?? this.#phrases.get('') ?? []) {
      const found = phrase.pattern.exec(sentence);
      const named = found && this.#named(phrase, found);
      if (named) return phrase.says.replace(/\{(\d)\}/g, (_, number: string) => named[Number(number)] ?? '');
    }
    return undefined;
  }

  /** Returns what stands at the places of a phrase; nothing where one of them does not fit. */
  #named(phrase: Phrase, found: RegExpExecArray): string[] | undefined {
    const named: string[] = [];
    for (const [at, { number, kind }] of phrase.places.entries()) {
      const text = found[at + 1] ?? '';
      const told = kind === 'said' || kind === 'known' ? this.tell(text) : undefined;
      if (kind === 'known' && told === undefined) return undefined;
      named[number] = told ?? (kind === 'list' ? text.replaceAll(' or ', ', ') : text);
    }
    return named;
  }
}

/** Prepares a phrase that has places. */
function prepared(phrase: string, says: string): Phrase {
  const places: Phrase['places'] = [];
  let [source, fixed, rest] = ['', 0, phrase];
  for (let place = PLACE.exec(rest); place; place = PLACE.exec(rest)) {
    source += literal(rest.slice(0, place.index), source === '') + (place[2] === 'number' ? '(\\d\\S*(?:, \\d\\S*)*)' : '([^]*?)');
    places.push({ number: Number(place[1]), kind: place[2] });
    fixed += place.index;
    rest = rest.slice(place.index + place[0].length);
  }
  return { pattern: new RegExp(`^${source}${literal(rest, false)}$`), places, fixed: fixed + rest.length, says };
}

/** Returns the pattern of a fixed part; at the start of a sentence its first letter may be a capital. */
function literal(text: string, starts: boolean): string {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return starts ? escaped.replace(/^\p{L}/u, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`) : escaped;
}

function first(text: string): string {
  return text.charAt(0).toLowerCase();
}

function lowered(text: string): string {
  return first(text) + text.slice(1);
}
