//! Names that stand in front matter, and what they mean.

use chancery_model::{
    Confidence, Kind, Likelihood, MarkingScheme, PackRef, Place, SchemeError, common_fields, nearest,
};

#[test]
fn every_kind_has_its_name_and_no_field_twice() {
    for (kind, name) in Kind::ALL.into_iter().zip(Kind::NAMES) {
        assert_eq!((kind.name(), Kind::parse(name)), (name, Some(kind)));
        let mut names: Vec<_> = common_fields().iter().chain(kind.own_fields()).map(|field| field.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{name}");
    }
}

#[test]
fn terms_of_likelihood_have_the_bounds_of_the_directive() {
    let range = |term| Likelihood::parse(term).map(Likelihood::range);
    assert_eq!(range("almost no chance"), Some((1, 5)));
    assert_eq!(range("Highly improbable"), Some((5, 20)));
    assert_eq!(range("roughly even odds"), Some((45, 55)));
    assert_eq!(range("probable"), Some((55, 80)));
    assert_eq!(range("nearly certain"), Some((95, 99)));
    assert_eq!(range("certain"), None);
    assert!(Confidence::Low < Confidence::High);
}

#[test]
fn markings_have_an_order() {
    let tlp = MarkingScheme::default();
    assert!(tlp.rank("TLP:CLEAR") < tlp.rank("TLP:AMBER+STRICT"));
    assert_eq!(tlp.rank("SECRET"), None);
    let own = ["open".to_owned(), "closed".to_owned()];
    assert_eq!(MarkingScheme::new("custom", &own).map(|scheme| scheme.rank("closed")), Ok(Some(1)));
    assert_eq!(MarkingScheme::new("custom", &[]), Err(SchemeError::NoLevels));
    assert!(matches!(MarkingScheme::new("tpl", &[]), Err(SchemeError::Unknown(_))));
}

#[test]
fn a_place_counts_characters_and_not_the_byte_order_mark() {
    let text = "\u{feff}a\r\n대통령 x\n";
    let at = text.find('x').unwrap_or_default();
    let place = Place::of("a.md", text, at..at + 1);
    assert_eq!((place.line, place.column, place.end_line, place.end_column), (2, 5, 2, 6));
    let first = Place::of("a.md", text, 3..4);
    assert_eq!((first.line, first.column), (1, 1));
    // Offsets inside of a character or behind the end do no harm.
    assert_eq!(Place::of("a.md", text, 8..999).line, 2);
}

#[test]
fn a_pack_has_a_version_where_one_is_named() {
    let pack = PackRef::parse("policy-brief@1.0.0", 0..18);
    assert_eq!((pack.name.as_str(), pack.version.as_deref()), ("policy-brief", Some("1.0.0")));
    assert_eq!(PackRef::parse(" deck ", 0..6).name, "deck");
}

#[test]
fn the_nearest_word_may_differ_in_case_and_order_of_letters() {
    assert_eq!(nearest("TLP:GREN", ["TLP:GREEN", "TLP:RED"]), Some("TLP:GREEN"));
    assert_eq!(nearest("titel", ["title", "kind"]), Some("title"));
    assert_eq!(nearest("대통렁", ["대통령"]), Some("대통령"));
    assert_eq!(nearest("ab", ["AB", "ac"]), Some("AB"));
    assert_eq!(nearest("a", ["b"]), None);
    assert_eq!(nearest("abcdef", ["uvwxyz"]), None);
}
