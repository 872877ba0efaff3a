//! The schemas of `docs/packs.md`, and the structs that write data for them.

use chancery_compose::data;
use chancery_compose::views::Drawn;
use jsonschema::{Resource, Validator};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const PACKS: &str = include_str!("../../../../docs/packs.md");

/// The schemas by block.
pub struct Schemas {
    sources: BTreeMap<String, Value>,
    validators: BTreeMap<String, Validator>,
}

impl Schemas {
    /// Reads the schemas out of the page.
    pub fn of_packs() -> Self {
        let mut sources = BTreeMap::new();
        for block in PACKS.split("\n```json\n").skip(1) {
            let json = block.split("\n```").next().unwrap_or_default();
            let schema: Value = serde_json::from_str(json).expect("a schema of docs/packs.md is JSON");
            if let Some(title) = schema.get("title").and_then(Value::as_str) {
                sources.insert(title.to_owned(), schema);
            }
        }
        let common = sources.get("common").expect("the common schema").clone();
        let validator = |schema: &Value| {
            let resource = Resource::from_contents(common.clone()).expect("the common schema");
            let options = jsonschema::options().with_resource("urn:chancery:pack:1:common", resource);
            options.build(schema).expect("a schema")
        };
        let validators = sources.iter().map(|(name, schema)| (name.clone(), validator(schema))).collect();
        Self { sources, validators }
    }

    /// Fails where a view's data does not follow its schema, or refers to content that is not there.
    pub fn check(&self, drawn: &Drawn) {
        let Some(data) = &drawn.data else { return };
        self.check_data(drawn.block, data);
        let mut refers = Vec::new();
        references(data, &mut refers);
        assert!(refers.iter().all(|n| *n < drawn.prose.len()), "{}: {refers:?} of {}", drawn.block, drawn.prose.len());
    }

    /// Fails where data does not follow the schema of a block.
    pub fn check_data(&self, block: &str, data: &Value) {
        let validator = self.validators.get(block).unwrap_or_else(|| panic!("docs/packs.md specifies no {block}"));
        let errors: Vec<String> =
            validator.iter_errors(data).map(|error| format!("{}: {error}", error.instance_path)).collect();
        assert!(errors.is_empty(), "{block}: {}\n{data:#}", errors.join("\n"));
    }
}

fn references(value: &Value, found: &mut Vec<usize>) {
    match value {
        Value::Object(entries) => {
            found.extend(entries.get("prose").and_then(Value::as_u64).map(|n| n as usize));
            entries.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// The names of the fields at the top of a schema.
fn fields(schema: &Value) -> BTreeSet<String> {
    let own = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|own| own.keys().cloned());
    let parts = ["oneOf", "allOf", "anyOf"].into_iter().filter_map(|name| schema.get(name)?.as_array());
    own.chain(parts.flatten().flat_map(fields)).collect()
}

#[test]
fn the_structs_have_the_fields_that_the_page_specifies() {
    let schemas = Schemas::of_packs();
    let structs = [
        ("snippet", schemars::schema_for!(data::SnippetData)),
        ("timeline", schemars::schema_for!(data::Timeline)),
        ("comparison", schemars::schema_for!(data::Comparison)),
        ("figures", schemars::schema_for!(data::Figures)),
        ("deals", schemars::schema_for!(data::Deals)),
        ("recommendations", schemars::schema_for!(data::Recommendations)),
        ("priorities", schemars::schema_for!(data::Priorities)),
        ("acronyms", schemars::schema_for!(data::Acronyms)),
        ("sources", schemars::schema_for!(data::Sources)),
        ("evidence", schemars::schema_for!(data::Evidence)),
        ("key-points", schemars::schema_for!(data::KeyPoints)),
        ("slide", schemars::schema_for!(data::Slide)),
        ("section", schemars::schema_for!(data::Section)),
    ];
    for (block, ours) in structs {
        let specified = schemas.sources.get(block).unwrap_or_else(|| panic!("docs/packs.md specifies no {block}"));
        assert_eq!(fields(ours.as_value()), fields(specified), "{block}");
    }
}

#[test]
fn the_examples_of_the_page_are_read_by_the_structs() {
    let mut read = 0;
    for chunk in PACKS.split("\n### ").skip(1) {
        let block = chunk.lines().next().unwrap_or_default();
        for example in chunk.split("\n```json example\n").skip(1) {
            let json = example.split("\n```").next().unwrap_or_default();
            let error = match block {
                "snippet" => serde_json::from_str::<data::SnippetData>(json).err(),
                "timeline" => serde_json::from_str::<data::Timeline>(json).err(),
                "comparison" => serde_json::from_str::<data::Comparison>(json).err(),
                "figures" => serde_json::from_str::<data::Figures>(json).err(),
                "deals" => serde_json::from_str::<data::Deals>(json).err(),
                "recommendations" => serde_json::from_str::<data::Recommendations>(json).err(),
                "priorities" => serde_json::from_str::<data::Priorities>(json).err(),
                "acronyms" => serde_json::from_str::<data::Acronyms>(json).err(),
                "sources" => serde_json::from_str::<data::Sources>(json).err(),
                "evidence" => serde_json::from_str::<data::Evidence>(json).err(),
                "key-points" => serde_json::from_str::<data::KeyPoints>(json).err(),
                "slide" => serde_json::from_str::<data::Slide>(json).err(),
                "section" => serde_json::from_str::<data::Section>(json).err(),
                _ => continue,
            };
            assert!(error.is_none(), "{block}: {error:?}");
            read += 1;
        }
    }
    assert!(read >= 13, "{read} examples");
}
