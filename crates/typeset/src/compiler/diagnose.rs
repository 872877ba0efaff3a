//! Typst's diagnostics with places that outlive its world.

use super::world::Sources;
use crate::{Diagnostic, DiagnosticKind, TracePoint};
use chancery_model::Severity;
use typst::diag::{Severity as TypstSeverity, SourceDiagnostic};

/// Returns findings of a kind with their places.
pub(super) fn diagnose<'a>(
    sources: &impl Sources,
    kind: DiagnosticKind,
    findings: impl IntoIterator<Item = &'a SourceDiagnostic>,
) -> Vec<Diagnostic> {
    findings.into_iter().map(|finding| one(sources, kind, finding)).collect()
}

fn one(sources: &impl Sources, kind: DiagnosticKind, finding: &SourceDiagnostic) -> Diagnostic {
    let severity = match finding.severity {
        TypstSeverity::Error => Severity::Error,
        TypstSeverity::Warning => Severity::Warning,
    };
    let (file, range) = sources.place(finding.span).unzip();
    let trace = finding.trace.iter().map(|point| {
        let (file, range) = sources.place(point.span).unzip();
        TracePoint { message: point.v.to_string(), file, range: range.flatten() }
    });
    Diagnostic {
        severity,
        kind,
        message: finding.message.to_string(),
        hints: finding.hints.iter().map(|hint| hint.v.to_string()).filter(|hint| concerns_us(hint)).collect(),
        file,
        range: range.flatten(),
        trace: trace.collect(),
    }
}

/// Whether a hint is not one about the options of Typst's own command line.
fn concerns_us(hint: &str) -> bool {
    !hint.contains("`--")
}
