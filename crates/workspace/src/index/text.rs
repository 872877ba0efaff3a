//! Text as it is searched: words without accents and capitals, and Hangul and Han in pairs of syllables.

use chancery_model::{Node, Snippet, Value};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The tokenizer's name; a new one whenever it works otherwise.
pub(super) const TOKENIZER: &str = "chancery-1";

/// A word, or a run of characters that are written without blanks between words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Word(String),
    Run(Vec<char>),
}

/// Returns a text without accents and capitals, in normalisation form C.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).nfc().flat_map(char::to_lowercase).collect()
}

/// Returns the words and runs of a text, folded.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut word = String::new();
    let mut run = Vec::new();
    for c in fold(text).chars().chain([' ']) {
        let is_run = is_unspaced(c);
        if (is_run || !c.is_alphanumeric()) && !word.is_empty() {
            pieces.push(Piece::Word(std::mem::take(&mut word)));
        }
        if !is_run && !run.is_empty() {
            pieces.push(Piece::Run(std::mem::take(&mut run)));
        }
        if is_run {
            run.push(c);
        } else if c.is_alphanumeric() {
            word.push(c);
        }
    }
    pieces
}

/// Whether a character is of a script whose words are not told apart by blanks: Hangul (for its particles), Han, kana.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Returns the tokens of a text with their positions: each run as single characters and as pairs of neighbours.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut position = 0;
    let mut push = |position: usize, text: String| tokens.push(Token { position, text, ..Token::default() });
    for piece in pieces(text) {
        match piece {
            Piece::Word(word) => {
                push(position, word);
                position += 1;
            }
            Piece::Run(run) => {
                for (i, c) in run.iter().enumerate() {
                    push(position, c.to_string());
                    if let Some(next) = run.get(i + 1) {
                        push(position, [*c, *next].iter().collect());
                    }
                    position += 1;
                }
            }
        }
    }
    tokens
}

/// tantivy's interface to [`tokens`].
#[derive(Debug, Clone, Default)]
pub(super) struct Folding;

/// The tokens of one text.
pub(super) struct Tokens {
    tokens: Vec<Token>,
    next: usize,
}

impl Tokenizer for Folding {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        // One more in front, for before the first `advance`.
        let mut all = vec![Token::default()];
        all.extend(tokens(text));
        Tokens { tokens: all, next: 0 }
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next < self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    fn token_mut(&mut self) -> &mut Token {
        let last = self.tokens.len() - 1;
        &mut self.tokens[self.next.min(last)]
    }
}

/// Returns all that is searched in a snippet: id, every field's text, and the body.
pub(super) fn searchable(snippet: &Snippet) -> String {
    let mut text = snippet.id.clone();
    for (_, node) in snippet.fields.values() {
        collect(node, &mut text);
    }
    text.push('\n');
    text.push_str(snippet.body());
    text
}

fn collect(node: &Node, text: &mut String) {
    match &node.value {
        Value::Text(part) | Value::Number(part) => {
            text.push('\n');
            text.push_str(part);
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, text)),
        Value::Map(entries) => {
            for (name, (_, node)) in entries {
                text.push('\n');
                text.push_str(name);
                collect(node, text);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Returns a hash of what is searched; the form of the index is part of it.
pub(super) fn hash_of(snippet: &Snippet) -> u64 {
    crate::cache::hash_of(&(crate::cache::BUILD, &snippet.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_lose_accents_and_capitals_and_hangul_comes_in_pairs() {
        assert_eq!(texts("Türkiye's ITPP-2023"), ["turkiye", "s", "itpp", "2023"]);
        assert_eq!(texts("대통령은"), ["대", "대통", "통", "통령", "령", "령은", "은"]);
        assert_eq!(texts("NATO와"), ["nato", "와"]);
    }

    #[test]
    fn hangul_in_parts_is_the_same_text() {
        let parts: String = "한국".nfd().collect();
        assert_eq!(texts(&parts), texts("한국"));
    }
}
