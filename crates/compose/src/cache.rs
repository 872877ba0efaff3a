//! What is kept from one composing to the next.

use crate::cite::{Citer, Style, StyleError};
use crate::images::ImageError;
use crate::picture::Checks;
use crate::query::Translations;
use crate::request::Request;
use crate::stage::KeptViews;
use crate::texts::{Texts, hash};
use crate::units::KeptUnits;
use crate::words::Words;
use chancery_model::{Problem, Snippet, Source};
use indexmap::IndexMap;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What is kept of a briefing from one composing to the next, so that an edit costs only the blocks that it touches.
#[derive(Debug, Default)]
pub struct Cache {
    pub(crate) texts: Texts,
    pub(crate) checks: Checks,
    pub(crate) views: KeptViews,
    pub(crate) cited: Option<Cited>,
    pub(crate) translations: Option<KeptTranslations>,
    pub(crate) units: KeptUnits,
    pub(crate) files: BTreeMap<String, Arc<[u8]>>,
    pub(crate) hashes: HashMap<String, (Arc<Snippet>, String)>,
}

/// A citer and what it was made from.
#[derive(Debug)]
pub(crate) struct Cited {
    pub key: u64,
    pub citer: Citer,
    /// Tells one state of the workspace's sources from the next.
    pub state: u64,
    sources: IndexMap<String, Arc<Source>>,
    problems: Vec<Problem>,
}

/// Translations and what they were taken from.
#[derive(Debug)]
pub(crate) struct KeptTranslations {
    revision: Option<u64>,
    lang: String,
    pub translations: Arc<Translations>,
}

impl Cache {
    /// Takes out the citer, made to fit the request, and what is wrong with the workspace's style.
    pub(crate) fn take_citer(&mut self, request: &Request<'_>, words: Words) -> (Cited, Vec<Problem>) {
        let csl = &request.workspace.config.csl;
        let file = csl.ends_with(".csl").then(|| request.images.read(csl));
        let key = hash(&(csl, words, file.as_ref().and_then(|read| read.as_deref().ok())));
        if let Some(mut cited) = self.cited.take().filter(|cited| cited.key == key) {
            cited.take_sources(request);
            let problems = cited.problems.clone();
            return (cited, problems);
        }
        let (style, problem) = style(csl, file);
        let problems: Vec<Problem> = problem.into_iter().collect();
        let cited = Cited {
            key,
            citer: Citer::new(style, request.workspace, words),
            state: 0,
            sources: request.workspace.sources.clone(),
            problems: problems.clone(),
        };
        (cited, problems)
    }

    /// Returns the translations into a briefing's language, looked up again when the workspace changed.
    pub(crate) fn translations(&mut self, request: &Request<'_>, lang: &str) -> Arc<Translations> {
        let fits = |kept: &&KeptTranslations| {
            kept.lang == lang && request.revision.is_some() && kept.revision == request.revision
        };
        if let Some(kept) = self.translations.as_ref().filter(fits) {
            return Arc::clone(&kept.translations);
        }
        let translations = Arc::new(Translations::new(request.workspace, lang));
        self.translations = Some(KeptTranslations {
            revision: request.revision,
            lang: lang.to_owned(),
            translations: Arc::clone(&translations),
        });
        translations
    }

    /// Returns the SHA-256 of a snippet's file.
    pub(crate) fn sha256(&mut self, snippet: &Arc<Snippet>) -> String {
        if let Some((known, hash)) = self.hashes.get(&snippet.id)
            && Arc::ptr_eq(known, snippet)
        {
            return hash.clone();
        }
        let hash = sha256(snippet.text.as_bytes());
        self.hashes.insert(snippet.id.clone(), (Arc::clone(snippet), hash.clone()));
        hash
    }
}

impl Cited {
    fn take_sources(&mut self, request: &Request<'_>) {
        let new = &request.workspace.sources;
        let same = self.sources.len() == new.len()
            && self.sources.iter().zip(new).all(|((a, x), (b, y))| a == b && (Arc::ptr_eq(x, y) || x == y));
        if !same {
            self.state += 1;
            self.sources.clone_from(new);
            self.citer.update(request.workspace);
        }
    }
}

/// Returns the SHA-256 of bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Returns the style of that name or file; where it cannot be used, the usual one and what is wrong.
fn style(csl: &str, file: Option<Result<Arc<[u8]>, ImageError>>) -> (Style, Option<Problem>) {
    let problem = |message: String| Problem::error("bad-citation-style", message).at_file("chancery.toml");
    let read = match file {
        None => Style::named(csl),
        Some(Ok(bytes)) => Style::from_csl(csl, &String::from_utf8_lossy(&bytes)),
        Some(Err(error)) => return (Style::default(), Some(problem(error.to_string()))),
    };
    match read {
        Ok(style) => (style, None),
        Err(error) => {
            let hint = match &error {
                StyleError::Unknown { nearest: Some(near), .. } => format!("did you mean `{near}`?"),
                _ => "name a style such as \"chicago-notes\" or \"apa\", or a .csl file in the workspace".to_owned(),
            };
            (Style::default(), Some(problem(error.to_string()).hint(hint)))
        }
    }
}
