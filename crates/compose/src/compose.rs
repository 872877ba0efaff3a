//! Composing: the passes over a briefing.

use crate::cache::{Cache, Cited};
use crate::cite::Citer;
use crate::composed::Composed;
use crate::outcome::Outcome;
use crate::overview::Overview;
use crate::picture::Checks;
use crate::plan::{self, Unit};
use crate::project;
use crate::query::Translations;
use crate::request::Request;
use crate::scan::{Scan, Scanner};
use crate::scene::Scene;
use crate::stage::{KeptViews, Stage};
use crate::texts::{Parsed, Texts, hash};
use crate::views::{Shown, ViewContext};
use crate::words::Words;
use chancery_template::PackKind;

/// Composes a briefing.
///
/// Whatever is wrong, there are pages: what cannot be resolved shows as a marked placeholder, and is in the problems.
pub fn compose(request: &Request<'_>, cache: &mut Cache) -> Composed {
    let lang = language(request);
    let words = Words::for_lang(&lang);
    let (mut cited, problems) = cache.take_citer(request, words);
    let translations = cache.translations(request, &lang);
    let passes = Passes { request, words, translations: &translations };

    let parsed = cache.texts.briefing(request.briefing);
    let units = passes.units(&parsed);
    let (mut scan, shown) = passes.scan(&mut cache.texts, &mut cache.views, &cited.citer, &units, &parsed);
    cited.citer.set_cited(scan.cited.iter().cloned());

    let packages = project::packages(request);
    let scene = passes.scene(&cited, &cache.checks, &mut scan, &shown);
    let frame = project::frame(&scene, &mut cache.texts, &packages.kit);
    let drawn = cache.units.draw(&scene, &mut cache.texts, &scan.sums, &units, &parsed);
    let meta = project::meta(request, words, &lang);
    let outcome =
        Outcome { request, words, parsed: &parsed, units: &units, drawn: &drawn, scan: &scan, packages: &packages };
    let composed = outcome.composed(cache, frame, meta, problems);
    cache.cited = Some(cited);
    composed
}

/// Returns the briefing's language, the workspace's where it names none.
pub(crate) fn language(request: &Request<'_>) -> String {
    request.briefing.lang.clone().unwrap_or_else(|| request.workspace.config.language.clone())
}

/// The passes over a briefing.
pub(crate) struct Passes<'a> {
    pub request: &'a Request<'a>,
    pub words: Words,
    pub translations: &'a Translations,
}

impl<'a> Passes<'a> {
    /// Returns the files that a briefing's blocks go to.
    pub fn units<'p>(&self, parsed: &'p Parsed) -> Vec<Unit<'p>> {
        match self.request.pack.kind() {
            PackKind::Note => plan::note(&parsed.document.blocks),
            PackKind::Deck => plan::deck(&parsed.document.blocks),
        }
    }

    /// Returns what the briefing embeds, cites and shows.
    pub fn scan(
        &self,
        texts: &mut Texts,
        views: &mut KeptViews,
        citer: &Citer,
        units: &[Unit<'_>],
        parsed: &Parsed,
    ) -> (Scan, Shown) {
        let Overview { shown, mut referenced, .. } =
            Overview::new(self.request, self.translations, texts).units(units, parsed);
        referenced.retain(|id| !shown.labelled.contains(id));
        let mut stage = Stage::new(self.request, self.translations, self.words, citer, views);
        stage.show(shown);
        let mut scanner = Scanner::new(self.request, texts, citer, &mut stage, referenced);
        scanner.units(units, parsed);
        scanner.late_views(units, parsed);
        let scan = scanner.scan;
        (scan, stage.finish())
    }

    /// Returns what drawing needs to know.
    pub fn scene<'s>(&self, cited: &'s Cited, checks: &'s Checks, scan: &mut Scan, shown: &'s Shown) -> Scene<'s>
    where
        'a: 's,
    {
        let citer = &cited.citer;
        let lists_sources = shown.lists_sources();
        let first = std::mem::take(&mut scan.first);
        Scene {
            request: self.request,
            words: self.words,
            context: ViewContext {
                workspace: self.request.workspace,
                translations: self.translations,
                words: self.words,
                citer,
                shown,
            },
            citer,
            citing: hash(&(cited.key, cited.state, scan.cited.iter().collect::<Vec<_>>())),
            placed: std::mem::take(&mut scan.placed),
            listed: std::mem::take(&mut scan.listed),
            first: if lists_sources || !citer.is_note() { Default::default() } else { first },
            views: std::mem::take(&mut scan.views),
            checks,
            rank: project::marking(self.request).and_then(|level| self.request.workspace.config.marking.rank(level)),
        }
    }
}
