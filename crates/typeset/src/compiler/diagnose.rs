//! Typst's diagnostics with places that outlive its world.

use super::world::ProjectWorld;
use crate::{Diagnostic, DiagnosticKind, TracePoint};
use chancery_model::Severity;
use typst::diag::{Severity as TypstSeverity, SourceDiagnostic};

/// Returns findings of a kind with their places.
pub(super) fn diagnose<'a>(
    world: &ProjectWorld,
    kind: DiagnosticKind,
    findings: impl IntoIterator<Item = &'a SourceDiagnostic>,
) -> Vec<Diagnostic> {
    findings.into_iter().map(|finding| one(world, kind, finding)).collect()
}

fn one(world: &ProjectWorld, kind: DiagnosticKind, finding: &SourceDiagnostic) -> Diagnostic {
    let severity = match finding.severity {
        TypstSeverity::Error => Severity::Error,
        TypstSeverity::Warning => Severity::Warning,
    };
    let (file, range) = world.place(finding.span).unzip();
    let trace = finding.trace.iter().map(|point| {
        let (file, range) = world.place(point.span).unzip();
        TracePoint { message: point.v.to_string(), file, range: range.flatten() }
    });
    Diagnostic {
        severity,
        kind,
        message: finding.message.to_string(),
        hints: finding.hints.iter().map(|hint| hint.v.to_string()).collect(),
        file,
        range: range.flatten(),
        trace: trace.collect(),
    }
}
