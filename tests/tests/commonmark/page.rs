//! A page for each example.

use chancery_markup::{
    Citation, Directive, EmbedCall, FileRef, Levels, Options, Picture, Reference, Resolver, Scope, View, Writer, parse,
    write,
};

/// What the examples are set with: text as wide as it is, and nothing beside it that is not in the HTML.
pub const MAIN: &str = r#"
#set page(width: 3000pt, height: auto, margin: 10pt)
#set document(title: "Examples")
#set text(hyphenate: false, ligatures: false)
#set list(marker: none)
#show enum: it => for item in it.children { block(item.body) }
"#;

/// Stands for the kit.
pub const KIT: &str = r#"
#let task(done) = []
#let alert(kind, title, body) = block[#title #body]
"#;

/// The picture that every example names.
pub const PICTURE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>"#;

/// Shows pictures with their alternative texts, and what only a briefing has as it is written.
#[derive(Debug, Default)]
struct Plain {
    levels: Levels,
}

/// Returns an example's Markdown as a Typst file.
pub fn typst(markdown: &str) -> String {
    let document = parse(markdown, 0, &Options { file: FileRef(0) });
    format!("#import \"kit.typ\"\n{}\n", write(&document, &mut Plain::default()).code)
}

impl Resolver for Plain {
    fn embed_block(&mut self, call: &EmbedCall, _: &Scope<'_>, out: &mut Writer) {
        out.plain(&call.to_string(), None);
    }

    fn embed_inline(&mut self, call: &EmbedCall, _: &Scope<'_>, out: &mut Writer) {
        out.plain(&call.to_string(), None);
    }

    fn reference(&mut self, reference: &Reference, _: &Scope<'_>, out: &mut Writer) {
        out.plain(&reference.target, None);
    }

    fn citation(&mut self, _: &Citation, _: &Scope<'_>, _: &mut Writer) -> bool {
        false
    }

    fn view(&mut self, view: &View, scope: &Scope<'_>, out: &mut Writer) {
        out.text(&view.body, scope.document.file);
    }

    fn directive(&mut self, _: &Directive, _: &Scope<'_>, _: &mut Writer) -> bool {
        false
    }

    fn picture_block(&mut self, picture: &Picture, scope: &Scope<'_>, out: &mut Writer) {
        self.picture_inline(picture, scope, out);
    }

    fn picture_inline(&mut self, picture: &Picture, _: &Scope<'_>, out: &mut Writer) {
        out.code("#box(image(\"picture.svg\", alt: ");
        out.literal(&picture.alt);
        out.code("))");
        out.plain(&picture.alt, None);
    }

    fn heading_level(&mut self, written: u8, _: &Scope<'_>) -> u8 {
        self.levels.next(written)
    }

    fn note_label(&mut self, _: usize, _: &Scope<'_>) -> Option<String> {
        None
    }
}
