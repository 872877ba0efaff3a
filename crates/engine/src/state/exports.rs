//! Exports of the window: one at a time, beside everything else.

use super::{Machine, Message, Reply};
use crate::desk::Wish;
use crate::export::{Export, ExportError, Prepared, Step, export, export_markdown};
use crate::ipc::{ActionReply, Event, ExportFormat, ExportRequest, ExportState, Failure};
use chancery_typeset::{Worker, WorkerConfig};
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::oneshot;

/// The longest that an export's typesetting may take.
const DEADLINE: Duration = Duration::from_secs(120);

/// An export under way.
pub struct Running {
    stop: Option<oneshot::Sender<()>>,
}

impl Machine {
    /// Begins an export; how it goes comes as events.
    pub(super) fn begin_export(&mut self, request: ExportRequest, reply: Reply) {
        let result = self.start_export(request);
        let _ = reply.send(result.map(|()| ActionReply::Done));
    }

    fn start_export(&mut self, request: ExportRequest) -> Result<(), Failure> {
        if self.export.is_some() {
            return Err(Failure::usage("export-under-way", "an export is under way").hint("Wait for it, or stop it."));
        }
        let briefing = request.briefing.clone();
        self.tell(Event::Export { state: running(&briefing, None) });
        let open = self.opened()?;
        let desk = &open.desk;
        let path = PathBuf::from(&request.path);
        if request.format == ExportFormat::Md {
            let made = export_markdown(desk, &*desk.briefing(&briefing)?, &Wish::export(), &path);
            let (state, files) = ended(&request, made);
            self.go_on_exporting(state, files);
            return Ok(());
        }
        let prepared = match Prepared::new(desk, desk.briefing(&briefing)?, &Wish::export()) {
            Ok(prepared) => prepared,
            Err(error) => {
                let (state, files) = ended(&request, Err(error));
                self.go_on_exporting(state, files);
                return Ok(());
            }
        };
        let (stop, stopped) = oneshot::channel::<()>();
        self.export = Some(Running { stop: Some(stop) });
        let (messages, shared) = (self.messages.clone(), self.shared.clone());
        self.shared.spawn(async move {
            // A worker of its own, so that the pages in sight go on and a stop ends it at once.
            let mut config = WorkerConfig::new(&shared.config.program);
            config.deadline = DEADLINE;
            config.memory = shared.config.memory;
            let worker = Worker::new(config);
            let wanted = Export { format: request.format, path, standards: None };
            let tell = |step: Step| {
                if let Step::Page(at, total) | Step::File(at, total) = step {
                    let state = Box::new(running(&request.briefing, Some((at - 1, total))));
                    let _ = messages.send(Message::Export { state, files: Vec::new() });
                }
            };
            let work = export(&prepared, &worker, &wanted, tell);
            let (state, files) = tokio::select! {
                made = work => ended(&request, made),
                _ = stopped => (ExportState::Stopped { briefing: request.briefing.clone() }, Vec::new()),
            };
            let _ = messages.send(Message::Export { state: Box::new(state), files });
        });
        Ok(())
    }

    /// Stops the export under way.
    pub(super) fn stop_export(&mut self) {
        if let Some(stop) = self.export.as_mut().and_then(|running| running.stop.take()) {
            let _ = stop.send(());
        }
    }

    /// Takes news of an export in.
    pub(super) fn go_on_exporting(&mut self, state: ExportState, files: Vec<PathBuf>) {
        if !matches!(state, ExportState::Running { .. }) {
            self.export = None;
        }
        self.shared.exported.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(files);
        self.tell(Event::Export { state });
    }
}

/// Returns how an export stands that goes on: how many parts are done, of how many.
fn running(briefing: &str, parts: Option<(usize, usize)>) -> ExportState {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    ExportState::Running {
        briefing: briefing.to_owned(),
        done: count(parts.map_or(0, |(done, _)| done)),
        total: parts.map(|(_, total)| count(total)),
    }
}

/// Returns how an export ended, and the files it wrote.
fn ended(request: &ExportRequest, made: Result<crate::export::Exported, ExportError>) -> (ExportState, Vec<PathBuf>) {
    let briefing = request.briefing.clone();
    match made {
        Ok(exported) => {
            let state = ExportState::Done {
                briefing,
                format: request.format,
                files: exported.files.iter().map(|file| file.to_string_lossy().into_owned()).collect(),
                pages: u32::try_from(exported.pages).unwrap_or(u32::MAX),
                problems: exported.problems,
            };
            (state, exported.files)
        }
        Err(ExportError::Input(problems)) => {
            let failure = Failure::input("errors", "the briefing has errors")
                .hint("Mend what the problems name, then export again.");
            (ExportState::Failed { briefing, failure, problems }, Vec::new())
        }
        Err(ExportError::Failed(failure)) => {
            (ExportState::Failed { briefing, failure, problems: Vec::new() }, Vec::new())
        }
    }
}
