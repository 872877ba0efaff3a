//! Forms: what a kind, a pack and a view have.

use crate::{Session, workspace};
use chancery_engine::ipc::{CompletionKind, Query, QueryReply};

#[test]
fn a_form_says_what_a_kind_and_a_pack_have() {
    let folder = workspace();
    let session = Session::open(&folder);
    let form = |query: Query| match session.ask(query) {
        QueryReply::Form { schema } => schema,
        other => panic!("{other:?}"),
    };
    let deal = form(Query::Form { kind: Some(chancery_model::Kind::Deal) });
    assert_eq!(deal["properties"]["buyer"]["x-values"], "actors");
    assert_eq!(deal["required"], serde_json::json!(["title", "kind"]));
    assert_eq!(form(Query::Form { kind: None })["x-order"][0], "title");
    let pack = form(Query::SettingsForm { template: Some("policy-brief".to_owned()) });
    assert_eq!(pack["properties"]["accent"]["x-form"], "color");
    let none = form(Query::SettingsForm { template: Some("no-such-pack".to_owned()) });
    assert_eq!(none["x-order"], serde_json::json!([]));
}

#[test]
fn the_form_of_a_view_offers_what_the_view_takes() {
    let folder = workspace();
    let session = Session::open(&folder);
    let form = |name: &str| match session.ask(Query::ViewForm { name: name.to_owned() }) {
        QueryReply::Form { schema } => schema,
        other => panic!("{other:?}"),
    };
    let faults = |name: &str, body: String| match session.ask(Query::View { name: name.to_owned(), body }) {
        QueryReply::View { problems, .. } => {
            problems.into_iter().map(|problem| problem.code.to_string()).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let views = match session.ask(Query::Complete { what: CompletionKind::View, text: String::new(), limit: 99 }) {
        QueryReply::Views { views } => views,
        other => panic!("{other:?}"),
    };
    assert!(views.len() >= 9);
    for view in views {
        let schema = form(&view.name);
        for (option, property) in schema["properties"].as_object().expect("options") {
            let takes = |value: &str| faults(&view.name, format!("{option}: {value}\n"));
            assert!(!takes("").contains(&"unknown-option".to_owned()), "{}: {option}", view.name);
            let choices = property["enum"].as_array().or_else(|| property["items"]["enum"].as_array());
            for choice in choices.into_iter().flatten().filter_map(|choice| choice.as_str()) {
                assert!(!takes(choice).contains(&"bad-option".to_owned()), "{}: {option}: {choice}", view.name);
            }
            if choices.is_some() || property["type"] == "boolean" || property["type"] == "number" {
                assert!(takes("nonsense").contains(&"bad-option".to_owned()), "{}: {option}", view.name);
            }
        }
        assert!(faults(&view.name, "nonsense: 1\n".to_owned()).contains(&"unknown-option".to_owned()));
    }
    assert!(form("nonsense").is_null());
}
