//! Front matter, settings and the options of views as JSON Schema (draft 2020-12), for the window's forms.
//!
//! `x-form` says how a value is written, `x-values` where values to choose from are, and `x-order` in which order the
//! properties are shown.

use chancery_compose::query::{OptionForm, OptionSpec};
use chancery_compose::views;
use chancery_model::{FieldForm, FieldSpec, Kind, briefing_fields, common_fields};
use chancery_template::{Pack, SettingSpec, SettingType, SettingValue};
use serde_json::{Map, Value, json};

/// Returns the form of a kind of snippet, or of a briefing.
pub fn front_matter(kind: Option<Kind>) -> Value {
    match kind {
        Some(kind) => schema(common_fields().iter().chain(kind.own_fields())),
        None => schema(briefing_fields().iter()),
    }
}

/// Returns the form of a pack's settings.
pub fn settings(pack: &Pack) -> Value {
    let settings = pack.settings().values();
    let order = settings.clone().map(|spec| spec.name.as_str()).collect();
    object(settings.map(|spec| (spec.name.clone(), setting(spec))).collect(), order, Vec::new())
}

/// Returns the form of a view's options; null where there is no such view.
pub fn view(name: &str) -> Value {
    let Some(view) = views::view(name) else { return Value::Null };
    let options = view.options();
    let order = options.iter().map(|spec| spec.name).collect();
    let mut schema =
        object(options.iter().map(|spec| (spec.name.to_owned(), option(spec))).collect(), order, Vec::new());
    schema["additionalProperties"] = json!(false);
    schema
}

fn schema<'a>(fields: impl Iterator<Item = &'a FieldSpec>) -> Value {
    let (mut properties, mut order, mut required) = (Map::new(), Vec::new(), Vec::new());
    for field in fields {
        order.push(field.name);
        if field.required {
            required.push(field.name);
        }
        properties.insert(field.name.to_owned(), property(field));
    }
    object(properties, order, required)
}

fn object(properties: Map<String, Value>, order: Vec<&str>, required: Vec<&str>) -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": required,
        "x-order": order,
    })
}

fn property(field: &FieldSpec) -> Value {
    let texts = || json!({ "type": "array", "items": { "type": "string" } });
    let mut property = match field.form {
        FieldForm::Text | FieldForm::Markdown | FieldForm::Snippet | FieldForm::Marking => json!({ "type": "string" }),
        FieldForm::List | FieldForm::Sources | FieldForm::Snippets => texts(),
        FieldForm::Number => json!({ "type": "number" }),
        FieldForm::Date => json!({ "type": "string", "format": "edtf" }),
        FieldForm::Boolean => json!({ "type": "boolean" }),
        FieldForm::Choice => json!({ "type": "string", "enum": field.choices }),
        FieldForm::Structured => json!({}),
    };
    let form = match (field.name, field.form) {
        ("template", _) => json!("template"),
        (_, form) => json!(form),
    };
    property["title"] = json!(field.name);
    property["x-form"] = form;
    if let Some(values) = values(field.name) {
        property["x-values"] = json!(values);
    }
    property
}

/// Where values to choose from are, by field.
fn values(field: &str) -> Option<&'static str> {
    match field {
        "topics" => Some("topics"),
        "actors" | "parties" | "buyer" | "supplier" | "holder" | "speaker" | "addressee" => Some("actors"),
        "areas" => Some("areas"),
        "programme" => Some("programmes"),
        "lang" => Some("languages"),
        _ => None,
    }
}

fn option(spec: &OptionSpec) -> Value {
    let number = || json!({ "type": "number", "minimum": 0 });
    let text = || json!({ "type": "string" });
    let texts = || json!({ "type": "array", "items": { "type": "string" } });
    let (mut property, mut form) = match spec.form {
        OptionForm::Text => (text(), "text"),
        OptionForm::Markdown => (text(), "markdown"),
        OptionForm::Texts => (texts(), "list"),
        OptionForm::Snippet => (text(), "snippet"),
        OptionForm::Snippets => (texts(), "snippets"),
        OptionForm::Number => (number(), "number"),
        OptionForm::Date => (json!({ "type": "string", "format": "edtf" }), "date"),
        OptionForm::Boolean => (json!({ "type": "boolean" }), "boolean"),
        OptionForm::Weights => (json!({ "type": "object", "additionalProperties": number() }), "structured"),
    };
    if !spec.choices.is_empty() {
        form = "choice";
        let of = if property["items"].is_object() { &mut property["items"] } else { &mut property };
        of["enum"] = json!(spec.choices);
    }
    property["title"] = json!(spec.name);
    property["x-form"] = json!(form);
    if let Some(values) = spec.values {
        property["x-values"] = json!(values);
    }
    property
}

fn setting(spec: &SettingSpec) -> Value {
    let mut property = match spec.kind {
        SettingType::Boolean => json!({ "type": "boolean" }),
        SettingType::Number => json!({ "type": "number" }),
        SettingType::Choice => json!({ "type": "string", "enum": spec.choices }),
        _ => json!({ "type": "string" }),
    };
    property["title"] = json!(spec.label);
    property["x-titles"] = json!(spec.labels);
    property["x-form"] = json!(spec.kind.name());
    property["description"] = json!(spec.kind.example());
    if spec.kind == SettingType::Image {
        property["x-values"] = json!("images");
    }
    if let Some(default) = &spec.default {
        property["default"] = match default {
            SettingValue::Color(text)
            | SettingValue::Text(text)
            | SettingValue::Markdown(text)
            | SettingValue::Choice(text)
            | SettingValue::Image(text) => json!(text),
            SettingValue::Number(number) => json!(number),
            SettingValue::Length(points) => json!(format!("{points}pt")),
            SettingValue::Boolean(yes) => json!(yes),
        };
    }
    property
}
