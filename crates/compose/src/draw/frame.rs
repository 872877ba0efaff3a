//! Slides and sections.

use super::Drawer;
use crate::data::{Rich, Section, Slide};
use crate::plan::{Frame, FrameKind};
use crate::texts::Parsed;
use chancery_markup::{Inline, Scope, Writer, write_blocks, write_inlines};

impl Drawer<'_> {
    /// Writes a slide or section around the files of its blocks.
    pub(crate) fn frame(&mut self, frame: &Frame<'_>, parsed: &Parsed, inner: &[usize], out: &mut Writer) {
        let slot = self.reserve();
        let mut prose = Vec::new();
        let title = frame.title.map(|inlines| self.title_prose(inlines, parsed, &mut prose));
        let notes = self.notes(frame, parsed, &mut prose);
        let json = match frame.kind {
            FrameKind::Section => to_json(&Section {
                title: title.unwrap_or_else(|| Rich::Text(String::new())),
                number: frame.number,
                label: None,
                notes,
            }),
            FrameKind::Slide => to_json(&Slide {
                title,
                level: frame.level,
                number: frame.number,
                section: frame.section.map(|inlines| Rich::Text(self.plain(inlines))),
                continued: frame.continued.then_some(true),
                label: None,
                notes,
            }),
        };
        self.draw_block(frame.kind.block(), slot, json, prose, out);
        out.code("[");
        for number in inner {
            out.code(&format!("\n  #include \"{number:03}.typ\"\n"));
        }
        out.code("]");
    }

    fn title_prose(&mut self, inlines: &[Inline], parsed: &Parsed, prose: &mut Vec<Writer>) -> Rich {
        let mut writer = Writer::new();
        let scope = Scope { in_heading: true, ..Scope::of(&parsed.document) };
        write_inlines(inlines, &scope, self, &mut writer);
        prose.push(writer);
        Rich::Prose { prose: prose.len() - 1 }
    }

    fn notes(&mut self, frame: &Frame<'_>, parsed: &Parsed, prose: &mut Vec<Writer>) -> Option<Rich> {
        let mut writer = Writer::new();
        for blocks in &frame.notes {
            if !writer.is_empty() {
                writer.code("\n\n");
            }
            write_blocks(blocks, &Scope::of(&parsed.document), self, &mut writer);
        }
        if writer.is_empty() {
            return None;
        }
        prose.push(writer);
        Some(Rich::Prose { prose: prose.len() - 1 })
    }
}

/// Structs of strings and numbers always serialise.
fn to_json(data: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec_pretty(data).unwrap_or_default()
}
