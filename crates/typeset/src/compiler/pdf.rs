//! PDF with claims and attachments.

use super::diagnose::diagnose;
use super::world::Sources;
use crate::{Attachment, Diagnostic, DiagnosticKind, Pdf, PdfWanted, Relation, Standards, Timestamp};
use chancery_model::Severity;
use typst::foundations::{Bytes, Datetime, Derived, NativeElement, PathOrStr, Smart};
use typst::introspection::{Location, Tag, TagFlags};
use typst::layout::{FrameItem, Point};
use typst::model::Document;
use typst::pdf::{AttachElem, AttachedFileRelationship};
use typst::utils::hash128;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// Exports a document, without claims where it does not meet them and that is no error.
pub(super) fn export(
    sources: &impl Sources,
    document: &PagedDocument,
    wanted: &PdfWanted,
) -> Result<Pdf, Vec<Diagnostic>> {
    let attached = attach(document, &wanted.attachments);
    let document = attached.as_ref().unwrap_or(document);
    let error = match write(sources, document, wanted, &wanted.standards) {
        Ok(bytes) => return Ok(Pdf { bytes, claims: wanted.standards.clone(), unmet: vec![] }),
        Err(errors) if wanted.strict || wanted.standards.is_empty() => return Err(errors),
        Err(errors) => errors,
    };
    let claims = Standards::none();
    let bytes = write(sources, document, wanted, &claims)?;
    let unmet = error.into_iter().map(|finding| Diagnostic { severity: Severity::Warning, ..finding });
    Ok(Pdf { bytes, claims, unmet: unmet.collect() })
}

fn write(
    sources: &impl Sources,
    document: &PagedDocument,
    wanted: &PdfWanted,
    claims: &Standards,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let kind = DiagnosticKind::Standard;
    let standards =
        claims.checked().map_err(|error| vec![Diagnostic::new(Severity::Error, kind, error.to_string())])?;
    let options = PdfOptions {
        creator: Smart::Custom(Some(concat!("Chancery ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: wanted.timestamp.and_then(timestamp),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| diagnose(sources, kind, &errors))
}

fn timestamp(moment: Timestamp) -> Option<typst_pdf::Timestamp> {
    let Timestamp { date, hour, minute, second } = moment;
    let moment = Datetime::from_ymd_hms(date.year, date.month, date.day, hour, minute, second)?;
    Some(typst_pdf::Timestamp::new_utc(moment))
}

/// Returns the document with files attached; none where there are none.
///
/// Typst attaches what `pdf.attach` elements name. They are put behind the last page's contents here, where they show
/// nothing, so that a document need not be compiled again to have its attachments.
fn attach(document: &PagedDocument, attachments: &[Attachment]) -> Option<PagedDocument> {
    let mut pages = document.pages().to_vec();
    let last = pages.last_mut().filter(|_| !attachments.is_empty())?;
    for attachment in attachments {
        let key = hash128(&("chancery-attachment", &attachment.name));
        let location = Location::new(key);
        let element = element(attachment).pack().located(location);
        let flags = TagFlags { introspectable: true, tagged: false };
        last.frame.push(Point::zero(), FrameItem::Tag(Tag::Start(element, flags)));
        last.frame.push(Point::zero(), FrameItem::Tag(Tag::End(location, key, flags)));
    }
    Some(PagedDocument::new(pages.into_iter().collect(), document.info().clone()))
}

fn element(attachment: &Attachment) -> AttachElem {
    let path = Derived::new(PathOrStr::Str(attachment.name.as_str().into()), attachment.name.as_str().into());
    let relation = match attachment.relation {
        Relation::Source => AttachedFileRelationship::Source,
        Relation::Data => AttachedFileRelationship::Data,
        Relation::Alternative => AttachedFileRelationship::Alternative,
        Relation::Supplement => AttachedFileRelationship::Supplement,
    };
    AttachElem::new(path, Bytes::new(attachment.bytes.clone()))
        .with_relationship(Some(relation))
        .with_mime_type(Some(attachment.media_type.as_str().into()))
        .with_description(Some(attachment.description.as_str().into()))
}
