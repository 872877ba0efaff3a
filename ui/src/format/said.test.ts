import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { language } from '../state/language.svelte';
import { readsLikeWords, texts, written } from '../testing/sentences';
import { KOREAN, said, saidSentence } from './said';

const ROOT = resolve(process.cwd(), '..');
/** What speaks in the window; the command line stays English. */
const CRATES = readdirSync(`${ROOT}/crates`).filter((name) => name !== 'cli');
const SPEAKERS = [...CRATES.map((name) => `crates/${name}/src`), 'src-tauri/src'];

/** What reads like words in the sources and is never shown as a message: where or what it is, and why. */
const NEVER_SHOWN: [file: RegExp, text: RegExp, why: string][] = [
  [/compose\/src\/(words|markdown|cite\/(citer|locator|names))/, /./, 'is printed in the document, in the document’s language'],
  [/compose\/src\/(views|draw)\//, /^[^a-z]*: |^#draw|, width/, 'is printed in the document'],
  [/compose\/src\/views\/(spec|snippet)/, /^[a-z, ]+$|^[a-z]+: /, 'describes views on the command line'],
  [/compose\/src\/cite\/style/, /^a CSL locale$/, 'is for the reader of a file that is built in'],
  [/./, /^#|^\/\/|^\n?---|^\n?\s*sources: |SELECT|INSERT|DELETE FROM|CREATE TABLE|ORDER BY/, 'is code, front matter or a query'],
  [/markup\/src\/write/, /./, 'is Typst code'],
  [/engine\/src\/export/, /^This folder is a briefing|^The snippets and sources that this/, 'is written into what is exported'],
  [/engine\/src\/(search|state)|workspace\/src\/(cites|uses)/, /^(Replace|Delete|Settle|Change|Add|Rename|Merge)( \0| by| to| into)+$/,
    'names a change in the journal'],
  [/engine\/src\/state/, /by the shell$|is the shell's$|^the machine answers this/, 'answers calls that the window does not make'],
  [/engine\/src\/(cards|catalogue|copies)/, /^[\0 :\n]+$/, 'puts a card together'],
  [/model\/src\/(judgement|kind|marking)/, /^[a-z ]+$|^[A-Z ]+$/, 'is a value of a field'],
  [/template\/src\/resolve/, /^`--set/, 'is said on the command line'],
  [/typeset\/src\/client\/process/, /^memory allocation of$|^capacity overflow$/, 'is looked for in what the typesetter said last'],
  [/typeset\/src\/(diagnostic|error)/, /bytes \0|^\0, and \0 more$/, 'is said on the command line and in the log'],
  [/workspace\/src\/bibliography\/hayagriva/, /^the (front matter|bibliography)$|^, expected$/, 'is looked for in a sentence of others'],
  [/src-tauri\/src\/pages/, /./, 'is for the browser'],
];

/** A phrase with its places as the sources have them; a capital at its start makes no difference. */
const plain = (text: string) => (text.charAt(0).toLowerCase() + text.slice(1)).replace(/\{\d(?::\w+)?\}/g, '\0');
const phrases = new Set(Object.values(KOREAN).flatMap((part) => Object.keys(part)).map(plain));

/** All texts in the sources. */
const FOUND = SPEAKERS.flatMap((folder) => written(`${ROOT}/${folder}`).map((one) => ({ ...one, file: `${folder}/${one.file}` })));

afterEach(() => language.set('en'));

describe('the phrasebook', () => {
  it('has every sentence that the engine says', () => {
    const missing = FOUND.filter(({ file, text }) => readsLikeWords(text) && !phrases.has(plain(text))
      && !NEVER_SHOWN.some(([where, what]) => where.test(file) && what.test(text)));
    expect(missing.map(({ file, line, text }) => `${file}:${line} ${text.replaceAll('\0', '{}')}`)).toEqual([]);
  });

  it('has nothing that the engine no longer says', () => {
    const { compose, engine, markup, model, shell, template, typeset, workspace } = KOREAN;
    const texts = new Set(FOUND.map(({ text }) => plain(text)));
    const own = [compose, engine, markup, model, shell, template, typeset, workspace].flatMap((part) => Object.keys(part));
    expect(own.filter((phrase) => !texts.has(plain(phrase)))).toEqual([]);
  });

  it('has each phrase once', () => {
    const all = Object.values(KOREAN).flatMap((part) => Object.keys(part)).map(plain);
    expect(all.filter((phrase, at) => all.indexOf(phrase) !== at)).toEqual([]);
  });

  it('names nothing that the English does not, and sets no particle behind what it names', () => {
    const wrong = Object.values(KOREAN).flatMap((part) => Object.entries(part)).filter(([phrase, korean]) => {
      const places = [...phrase.matchAll(/\{(\d)(?::\w+)?\}/g)].map((place) => place[1]);
      return [...korean.matchAll(/\{(\d)\}/g)].some((place) => !places.includes(place[1]))
        || /\{\d\}\}?[`"”’)\]]*(?:은|는|이|가|을|를|과|와|으?로|이?나|이?라|인|이?며|아|야)(?![가-힣])/.test(korean);
    });
    expect(wrong).toEqual([]);
  });
});

describe('the sentences in the sources', () => {
  it('are found wherever they stand, but for the log, attributes, comments and tests', () => {
    const rust = [
      '// "not in a comment"', '#[error("`{0}` is odd: {reason}")]', '#[expect(dead_code, reason = "no words here")]',
      'log::warn!("said to nobody {x}");',
      'let hint = match c { \'"\' => "one of two", _ => format!("in {{{a}}} \\', '    lines") };',
      '#[cfg(test)]', 'mod tests { fn f() { "of a test" } }',
    ].join('\n');
    expect(texts('x.rs', rust).map(({ text }) => text)).toEqual(['`\0` is odd: \0', 'one of two', 'in {\0} lines']);
  });
});

describe('what the engine says', () => {
  const korean = (message: string) => {
    language.set('ko');
    return said(message);
  };

  it('is told in the language of the interface', () => {
    expect(said('there is no snippet `pzh`')).toBe('there is no snippet `pzh`');
    language.set('ko');
    expect(said('there is no snippet `pzh`')).toBe('`pzh` 스니펫이 없습니다');
    language.set('en');
    expect(saidSentence('the briefing has errors')).toBe('The briefing has errors');
  });

  it('keeps what it names as it is, whatever that holds', () => {
    expect(korean('there is no snippet `a`b` is no date`')).toBe('`a`b` is no date` 스니펫이 없습니다');
    expect(korean('there is no field `$1 {0} $& .*`')).toBe('`$1 {0} $& .*` 속성은 없습니다');
    expect(korean('there is no source `text`')).toBe('`text` 출처가 없습니다');
    expect(korean('there is no snippet ``')).toBe('`` 스니펫이 없습니다');
    expect(korean('the link “[한국\n나토]” is shown as text.')).toBe('“[한국\n나토]” 링크는 글자로만 보입니다.');
  });

  it('tells causes as well, however deep, and keeps those that it does not know', () => {
    expect(korean('`notes.md` cannot be read: Permission denied (os error 13)'))
      .toBe('`notes.md` 파일을 읽을 수 없습니다: 권한 없음 (os error 13)');
    expect(korean('`date`: the calendar has no `2023-02-30`')).toBe('`date`: `2023-02-30` 날짜는 달력에 없습니다');
    expect(korean('`logo.svg` is no picture: its XML is no SVG')).toBe('`logo.svg` 파일은 그림이 아닙니다: SVG가 아닌 XML');
    expect(korean('`a.md` was not written: Permission denied (os error 13); no file was changed'))
      .toBe('바꾼 파일이 없습니다. 까닭: `a.md` 파일을 쓰지 못했습니다: 권한 없음 (os error 13)');
    expect(korean('the front matter is no valid YAML: mapping values are not allowed in this context'))
      .toBe('속성이 올바른 YAML이 아닙니다: 이 자리에 `이름: 값`을 둘 수 없음');
    expect(korean('no valid TOML: string values must be quoted, expected literal string'))
      .toBe('올바른 TOML이 아닙니다: 글은 따옴표 안에 있어야 함. 올 수 있는 것: literal string');
    expect(korean('the slide takes 2 pages: about 7 lines too many')).toBe('슬라이드가 2쪽에 걸칩니다: 약 7줄 넘침');
    expect(korean('`x.png` cannot be read: the moon is full')).toBe('`x.png` 파일을 읽을 수 없습니다: the moon is full');
    expect(korean('brief.md:3:14: there is no view `{x}`')).toBe('brief.md 3행 14칸: `{x}` 보기가 없습니다');
  });

  it('takes the most specific phrase', () => {
    expect(korean('there is no `colour`')).toBe('`colour` 항목이 없습니다');
    expect(korean('there is no version 2.0.0 of the template `note`')).toBe('`note` 서식에 없는 버전입니다: 2.0.0');
    expect(korean('there is 1.0.0, 0.9.0-beta.1')).toBe('있는 버전: 1.0.0, 0.9.0-beta.1');
    expect(korean('figures of different units cannot share one axis: `%`, `t`; `a-1` is the first that differs'))
      .toBe('단위가 다른 수치는 한 축에 둘 수 없습니다: `%`, `t`. 처음으로 다른 것: `a-1`');
    expect(korean('the briefing takes 5 pages where 4 pages are allowed: about a line too many'))
      .toBe('브리핑이 5쪽입니다. 허용 분량은 4쪽까지, 넘친 분량은 약 1줄입니다.');
  });

  it('starts with a capital or none', () => {
    expect(korean('Did you mean `itpp-2023`?')).toBe('비슷한 이름: `itpp-2023`');
    expect(korean('Typesetting was stopped after 2.5 s')).toBe('2.5초가 지나 조판을 중지했습니다');
    expect(korean('Notes.md is not open')).toBe('Notes.md 파일이 열려 있지 않습니다');
  });

  it('is told where Typst’s compiler says it, and stays English where it seldom does, with what the engine adds in Korean', () => {
    expect(korean('unknown variable: kit')).toBe('알 수 없는 변수: kit');
    expect(korean('expected string, found none')).toBe('필요한 것: 문자열, 있는 것: 없음(none)');
    expect(korean('plugin errored with: x')).toBe('plugin errored with: x');
    expect(korean('try `calc.pow` This is a fault of the template: use another version of it, or tell those who made it.'))
      .toBe('try `calc.pow` 서식의 결함입니다. 다른 버전을 쓰거나 만든 사람에게 알리십시오.');
  });
});
