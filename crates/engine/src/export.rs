//! From a briefing to files.

use crate::desk::{Desk, Draft, Wish};
use crate::diagnose::Diagnoser;
use crate::fit::{fit, fit_problem};
use crate::ipc::{ExportFormat, Failure};
use crate::overflow::{overflow_problem, overflows};
use chancery_compose::Cache;
use chancery_model::{Briefing, Problem, Workspace};
use chancery_typeset::{
    Attachment, Outcome, Pdf, PdfWanted, Relation, Standards, Wanted, Worker, WorkerError, bundled_fonts,
};
use chancery_workspace::save::{Staged, stage, write_atomically};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

/// Pixels an inch of exported PNG pages.
const PPI: f64 = 200.0;

/// An export to make.
#[derive(Debug, Clone)]
pub struct Export {
    /// The format.
    pub format: ExportFormat,
    /// The file to write; the folder for [`ExportFormat::Typst`]; for page images a file's name, of which each page's
    /// is made.
    pub path: PathBuf,
    /// The PDF standards that must be met; those by default are claimed only where they are.
    pub standards: Option<Standards>,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Exported {
    /// The files, in the order of the pages.
    pub files: Vec<PathBuf>,
    /// How many pages they show; 0 for formats without any.
    pub pages: usize,
    /// The standards that the PDF claims.
    pub claims: Standards,
    /// What the reader of the report should know.
    pub problems: Vec<Problem>,
}

/// Why nothing was written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// What the briefing uses has errors; warnings are among them.
    #[error("the briefing has errors")]
    Input(Vec<Problem>),
    /// The machine failed.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Putting the briefing together.
    Composing,
    /// Typesetting.
    Typesetting,
    /// Writing page `n` of so many, from 1.
    Page(usize, usize),
    /// Writing file `n` of so many, from 1.
    File(usize, usize),
    /// Writing the file.
    Writing,
}

/// What composing for an export yields: the composed briefing with the workspace that it was composed from.
pub struct Prepared {
    workspace: Arc<Workspace>,
    draft: Draft,
}

impl Prepared {
    /// Composes a briefing for an export.
    ///
    /// # Errors
    /// What is wrong in what the briefing uses, where any of it is an error.
    pub fn new(desk: &Desk, briefing: Arc<Briefing>, wish: &Wish) -> Result<Self, ExportError> {
        let draft = desk
            .compose(briefing, wish, &mut Cache::default())
            .map_err(|problem| ExportError::Input(vec![*problem]))?;
        if !draft.composed.is_exportable() {
            return Err(ExportError::Input(draft.composed.problems));
        }
        Ok(Self { workspace: desk.workspace().clone(), draft })
    }

    fn diagnoser(&self) -> Diagnoser<'_> {
        let draft = &self.draft;
        Diagnoser {
            workspace: &self.workspace,
            briefing: &draft.briefing,
            composed: &draft.composed,
            pack: (draft.pack.origin, &draft.pack.package.name),
        }
    }

    /// Returns what the worker could not do, as the error of an export.
    fn failure(&self, error: &WorkerError) -> ExportError {
        if let WorkerError::Io(error) = error {
            return Failure::machine("worker", format!("the typesetter cannot be reached: {error}")).into();
        }
        let mut problems = self.draft.composed.problems.clone();
        problems.extend(self.diagnoser().failure(error));
        ExportError::Input(problems)
    }
}

/// Exports a briefing as Markdown with everything resolved.
///
/// # Errors
/// Errors in what the briefing uses, or a file that cannot be written.
pub fn export_markdown(desk: &Desk, briefing: &Briefing, wish: &Wish, path: &Path) -> Result<Exported, ExportError> {
    let (text, problems) = desk.markdown(briefing, wish).map_err(|problem| ExportError::Input(vec![*problem]))?;
    if problems.iter().any(|problem| problem.severity == chancery_model::Severity::Error) {
        return Err(ExportError::Input(problems));
    }
    write(path, text.as_bytes())?;
    Ok(Exported { files: vec![path.to_owned()], pages: 0, claims: Standards::none(), problems })
}

/// Exports a composed briefing to files, all of them or, where it fails or is dropped half-way, none.
///
/// # Errors
/// Errors in what the briefing uses, or files that cannot be written.
pub async fn export(
    prepared: &Prepared,
    worker: &Worker,
    wanted: &Export,
    mut step: impl FnMut(Step),
) -> Result<Exported, ExportError> {
    if wanted.format == ExportFormat::Typst {
        return export_folder(prepared, &wanted.path, step);
    }
    step(Step::Typesetting);
    let (outcome, mut problems) = typeset(prepared, worker).await?;
    let pages = outcome.pages.len();
    let (files, claims) = match wanted.format {
        ExportFormat::Png | ExportFormat::Svg => {
            (export_pages(prepared, worker, &outcome, wanted, step).await?, Standards::none())
        }
        _ => {
            let pdf = pdf(prepared, worker, wanted).await?;
            problems.extend(unmet(prepared, &pdf));
            step(Step::Writing);
            write(&wanted.path, &pdf.bytes)?;
            (vec![wanted.path.clone()], pdf.claims)
        }
    };
    Ok(Exported { files, pages, claims, problems })
}

/// Returns all that an export to PDF would say, without writing anything.
///
/// # Errors
/// Errors in what the briefing uses, or a lost worker.
pub async fn proof(prepared: &Prepared, worker: &Worker) -> Result<Vec<Problem>, ExportError> {
    let (_, mut problems) = typeset(prepared, worker).await?;
    let wanted = Export { format: ExportFormat::Pdf, path: PathBuf::new(), standards: None };
    problems.extend(unmet(prepared, &pdf(prepared, worker, &wanted).await?));
    Ok(problems)
}

/// Typesets, and returns the pages with everything that is to be said about them.
async fn typeset(prepared: &Prepared, worker: &Worker) -> Result<(Outcome, Vec<Problem>), ExportError> {
    let draft = &prepared.draft;
    let outcome = worker.typeset(draft.project(), Wanted::default()).await.map_err(|error| prepared.failure(&error))?;
    let mut problems = draft.composed.problems.clone();
    problems.extend(prepared.diagnoser().problems(&outcome.warnings));
    problems.extend(fit(draft, &outcome).and_then(|stands| fit_problem(draft, &stands)));
    problems.extend(overflows(draft, &outcome).iter().map(|overflow| overflow_problem(draft, overflow)));
    Ok((outcome, problems))
}

async fn pdf(prepared: &Prepared, worker: &Worker, wanted: &Export) -> Result<Pdf, ExportError> {
    let used = &prepared.draft.composed.used;
    let manifest = Attachment {
        name: "chancery-manifest.json".to_owned(),
        description: "The snippets and sources that this document rests on, with the state that they had".to_owned(),
        media_type: "application/json".to_owned(),
        relation: Relation::Data,
        bytes: used.manifest(),
    };
    let standards = wanted.standards.clone();
    // PDF/A up to part 2 forbids attached files: who asks for one of these asks for a file without them.
    let attachments =
        if standards.as_ref().is_none_or(Standards::allows_attachments) { vec![manifest] } else { vec![] };
    let wanted = PdfWanted {
        strict: standards.is_some(),
        standards: standards.unwrap_or_default(),
        timestamp: None,
        attachments,
    };
    worker.pdf(wanted).await.map_err(|error| prepared.failure(&error))
}

/// Returns why the PDF claims no standard, as warnings.
fn unmet(prepared: &Prepared, pdf: &Pdf) -> Vec<Problem> {
    prepared.diagnoser().problems(&pdf.unmet)
}

async fn export_pages(
    prepared: &Prepared,
    worker: &Worker,
    outcome: &Outcome,
    wanted: &Export,
    mut step: impl FnMut(Step),
) -> Result<Vec<PathBuf>, ExportError> {
    let count = outcome.pages.len();
    let mut staged = Vec::with_capacity(count);
    for (index, page) in outcome.pages.iter().enumerate() {
        step(Step::Page(index + 1, count));
        let path = page_path(&wanted.path, index + 1);
        let bytes = match wanted.format {
            ExportFormat::Png => worker.png(index, PPI).await,
            _ => worker.svg(page.hash).await.and_then(|svg| svg.ok_or(WorkerError::NoPage)),
        };
        staged.push(prepare(&path, &bytes.map_err(|error| prepared.failure(&error))?)?);
    }
    Ok(commit(staged)?)
}

/// Returns the file of a page: `brief.png` → `brief-3.png`; `{p}` in the name is the page's number.
fn page_path(path: &Path, page: usize) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.contains("{p}") {
        return path.with_file_name(name.replace("{p}", &page.to_string()));
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{page}.{ending}"))
}

/// What the folder says of itself.
const README: &str = "This folder is a briefing as Typst sources, with the template and the fonts that it uses.\n\n    \
    typst compile --package-path packages --font-path fonts --ignore-system-fonts main.typ\n";

/// Writes the folder that plain Typst compiles: sources, packages and fonts.
fn export_folder(prepared: &Prepared, folder: &Path, mut step: impl FnMut(Step)) -> Result<Exported, ExportError> {
    let composed = &prepared.draft.composed;
    let occupied = folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !folder.join("main.typ").is_file() {
        return Err(Failure::usage("folder-in-use", format!("{} has other files in it", folder.display()))
            .hint("Name a new folder, or an empty one.")
            .into());
    }
    let sources = composed.files.iter().map(|(path, bytes)| (folder.join(path), &**bytes));
    let fonts = bundled_fonts().map(|(name, bytes)| (folder.join("fonts").join(name), bytes));
    let all: Vec<(PathBuf, &[u8])> =
        sources.chain(fonts).chain([(folder.join("README.txt"), README.as_bytes())]).collect();
    let mut staged = Vec::with_capacity(all.len());
    for (index, (path, bytes)) in all.iter().enumerate() {
        step(Step::File(index + 1, all.len()));
        staged.push(prepare(path, bytes)?);
    }
    commit(staged)?;
    let files = vec![folder.join("main.typ")];
    Ok(Exported { files, pages: 0, claims: Standards::none(), problems: composed.problems.clone() })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    make_folder_of(path)?;
    write_atomically(path, bytes).map_err(|error| not_written(path, &error))
}

/// Writes a file beside its place, where it goes with all others.
fn prepare(path: &Path, bytes: &[u8]) -> Result<Staged, Failure> {
    make_folder_of(path)?;
    stage(path, bytes).map_err(|error| not_written(path, &error))
}

fn commit(staged: Vec<Staged>) -> Result<Vec<PathBuf>, Failure> {
    let put = |file: Staged| {
        let path = file.path().to_owned();
        file.commit().map_err(|error| not_written(&path, &error))?;
        Ok(path)
    };
    staged.into_iter().map(put).collect()
}

fn make_folder_of(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), |folder| std::fs::create_dir_all(folder).map_err(|error| not_written(folder, &error)))
}

fn not_written(path: &Path, error: &impl std::fmt::Display) -> Failure {
    Failure::machine("not-written", format!("{} could not be written: {error}", path.display()))
        .hint("Check that the folder is there and may be written to, and that the disk is not full.")
}
