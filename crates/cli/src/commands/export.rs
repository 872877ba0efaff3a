//! `chancery export`: typesets a briefing into a file.

use crate::Done;
use crate::context::{Options, briefing_file, worker};
use crate::exit::Exit;
use crate::progress::Progress;
use crate::report::Report;
use chancery_engine::ipc::{ExportFormat, Failure};
use chancery_engine::{Desk, Export, ExportError, Exported, Prepared, Step, Wish, export, export_markdown};
use chancery_model::PackRef;
use chancery_typeset::{Standards, Worker};
use clap::ValueEnum;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tokio::runtime::Runtime;

/// Typesets a briefing into a file.
#[derive(clap::Args)]
pub struct Arguments {
    /// The briefing
    pub briefing: PathBuf,
    /// The file to write; beside the briefing where not given
    #[arg(long, short)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub choices: Choices,
}

/// What can be chosen of an export.
#[derive(clap::Args, Clone)]
pub struct Choices {
    /// The format; follows from the file's ending where not given
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The template pack, in place of the briefing's
    #[arg(long, value_name = "NAME[@VERSION]")]
    pub template: Option<String>,
    /// Set a setting of the pack
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// PDF standards that must be met, such as `a-3a,ua-1`; `none` for a plain PDF
    #[arg(long, value_name = "LIST")]
    pub standard: Option<String>,
    /// The seconds that typesetting may take
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<f64>,
}

/// A format to export.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// PDF/A-3a and PDF/UA-1
    Pdf,
    /// A picture a page
    Png,
    /// A drawing a page
    Svg,
    /// A folder that plain Typst compiles
    Typst,
    /// Markdown with everything resolved
    Md,
}

impl Format {
    fn exported(self) -> ExportFormat {
        match self {
            Self::Pdf => ExportFormat::Pdf,
            Self::Png => ExportFormat::Png,
            Self::Svg => ExportFormat::Svg,
            Self::Typst => ExportFormat::Typst,
            Self::Md => ExportFormat::Md,
        }
    }

    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            "md" => Some(Self::Md),
            _ => None,
        }
    }
}

/// An export as understood: what to make, and where.
pub struct Order {
    /// What is asked of the briefing.
    pub wish: Wish,
    /// What is to be written.
    pub export: Export,
}

/// Exports.
pub fn run(arguments: &Arguments, options: &Options) -> Done {
    let began = Instant::now();
    // The worker starts while the workspace is read.
    let (runtime, worker) = worker(arguments.choices.timeout)?;
    let desk = options.open(&arguments.briefing)?;
    let file = briefing_file(&desk, &arguments.briefing);
    let order = order(&desk, &file, arguments.output.as_deref(), &arguments.choices)?;
    let mut report = Report::new(options.json, desk.root());
    let progress = Progress::new(options.json);
    let made = make(&runtime, &worker, &desk, &file, &order, |step| progress.step(step));
    // Waited for, so that whoever started this program gets the typesetter's time and memory into its account.
    runtime.block_on(worker.end());
    drop(progress);
    let exported = tell(&mut report, made)?;
    for path in &exported.files {
        report.line(format!("wrote {}", path.display()));
    }
    let claims: Vec<&str> = exported.claims.titles().collect();
    report.object(
        "exported",
        json!({
            "files": exported.files,
            "pages": exported.pages,
            "standards": claims,
            "milliseconds": began.elapsed().as_millis(),
        }),
    );
    Ok(())
}

/// Returns what the arguments ask for.
///
/// # Errors
/// Settings, standards or file names that cannot be.
pub fn order(desk: &Desk, file: &str, output: Option<&Path>, choices: &Choices) -> Done<Order> {
    let format = match (choices.format, output) {
        (Some(format), _) => format,
        (None, None) => Format::Pdf,
        (None, Some(path)) => Format::of(path).ok_or_else(|| {
            Failure::usage("format", format!("the format does not follow from {}", path.display()))
                .hint("Name it with `--format pdf|png|svg|typst|md`.")
        })?,
    };
    let path = output.map_or_else(|| beside(desk, file, format), Path::to_path_buf);
    let set = choices.set.iter().map(|setting| match setting.split_once('=') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.to_owned())),
        None => Err(Failure::usage("set", format!("`--set {setting}` has no `=`")).hint("Write `--set name=value`.")),
    });
    let standards = choices.standard.as_deref().map(|list| {
        list.parse::<Standards>().map_err(|error| {
            let names: Vec<&str> = Standards::names().collect();
            Failure::usage("standard", error.to_string()).hint(format!("Standards are: {}.", names.join(", ")))
        })
    });
    Ok(Order {
        wish: Wish {
            template: choices.template.as_deref().map(|name| PackRef::parse(name, 0..0)),
            set: set.collect::<Result<_, Failure>>()?,
            ..Wish::export()
        },
        export: Export { format: format.exported(), path, standards: standards.transpose()? },
    })
}

/// Makes an export.
///
/// # Errors
/// Errors in what the briefing uses, or files that cannot be written.
pub fn make(
    runtime: &Runtime,
    worker: &Worker,
    desk: &Desk,
    file: &str,
    order: &Order,
    step: impl FnMut(Step),
) -> Result<Exported, ExportError> {
    let briefing = desk.briefing(file)?;
    if order.export.format == ExportFormat::Md {
        return export_markdown(desk, &briefing, &order.wish, &order.export.path);
    }
    let prepared = Prepared::new(desk, briefing, &order.wish)?;
    runtime.block_on(export(&prepared, worker, &order.export, step))
}

/// Shows the problems of an export and returns what was written.
///
/// # Errors
/// When nothing was.
pub fn tell(report: &mut Report, made: Result<Exported, ExportError>) -> Done<Exported> {
    match made {
        Ok(exported) => {
            report.problems(&exported.problems);
            Ok(exported)
        }
        Err(ExportError::Input(problems)) => {
            report.problems(&problems);
            Err(Exit::Errors)
        }
        Err(ExportError::Failed(failure)) => Err(failure.into()),
    }
}

/// Returns the file beside the briefing.
fn beside(desk: &Desk, file: &str, format: Format) -> PathBuf {
    let briefing = desk.root().join(file);
    match format {
        Format::Pdf => briefing.with_extension("pdf"),
        Format::Png => briefing.with_extension("png"),
        Format::Svg => briefing.with_extension("svg"),
        Format::Typst => briefing.with_extension("typst"),
        // Never over the briefing itself.
        Format::Md => briefing.with_extension("export.md"),
    }
}
