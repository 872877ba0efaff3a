//! Which value of each setting counts.

use crate::{Pack, SettingSpec, SettingType, SettingValue};
use chancery_model::{Briefing, Config, Node, Problem, nearest};
use indexmap::IndexMap;
use std::ops::Range;

/// Who set a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setter {
    /// `--set` on the command line.
    CommandLine,
    /// The briefing's front matter; the bytes of the value in its file.
    Briefing(Range<usize>),
    /// `chancery.toml`; the bytes of the value in it.
    Workspace(Range<usize>),
    /// The pack's default.
    Pack,
}

/// A setting's value and who set it.
#[derive(Debug, Clone, PartialEq)]
pub struct SetSetting {
    /// The value.
    pub value: SettingValue,
    /// Who set it.
    pub by: Setter,
}

/// The values that count, by name, in the manifest's order; settings without a value are missing.
pub type Settings = IndexMap<String, SetSetting>;

/// What sets settings, strongest first.
#[derive(Debug, Clone, Copy)]
pub struct Layers<'a> {
    /// `--set name=value`, the last of a name counts.
    pub set: &'a [(String, String)],
    /// The briefing.
    pub briefing: &'a Briefing,
    /// The workspace.
    pub config: &'a Config,
    /// The text of `chancery.toml`, for places; none where it is not at hand.
    pub config_text: Option<&'a str>,
}

/// Returns the values of a pack's settings, and what is wrong with what sets them.
///
/// A value that is not of its setting's type is a problem, and the next weaker one counts. The workspace
/// sets what any of its packs may have, so a name that this pack does not know is no problem there.
pub fn resolve(pack: &Pack, layers: &Layers<'_>) -> (Settings, Vec<Problem>) {
    let mut problems = unknown(pack, layers);
    let value = |(name, spec): (&String, &SettingSpec)| {
        let set = from_command_line(spec, layers, &mut problems)
            .or_else(|| from_briefing(spec, layers, &mut problems))
            .or_else(|| from_workspace(spec, layers, &mut problems))
            .or_else(|| spec.default.clone().map(|value| SetSetting { value, by: Setter::Pack }));
        set.map(|set| (name.clone(), set))
    };
    let settings = pack.settings().iter().filter_map(value).collect();
    (settings, problems)
}

fn unknown(pack: &Pack, layers: &Layers<'_>) -> Vec<Problem> {
    let known = pack.settings();
    let describe = |problem: Problem, name: &str| match nearest(name, known.keys().map(String::as_str)) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None if known.is_empty() => problem.hint("this template has no settings"),
        None => problem.hint(format!("it has {}", known.keys().map(String::as_str).collect::<Vec<_>>().join(", "))),
    };
    let message = |name: &str| format!("the template `{}` has no setting `{name}`", pack.package.name);
    let set = layers.set.iter().filter(|(name, _)| !known.contains_key(name));
    let by_command = set.map(|(name, _)| describe(Problem::error("unknown-setting", message(name)), name));
    let written = layers.briefing.settings.iter().filter(|(name, _)| !known.contains_key(*name));
    let by_briefing = written.map(|(name, (span, _))| {
        let problem = Problem::warning("unknown-setting", message(name));
        describe(problem, name).at(&layers.briefing.file, &layers.briefing.text, span.clone())
    });
    by_command.chain(by_briefing).collect()
}

fn from_command_line(spec: &SettingSpec, layers: &Layers<'_>, problems: &mut Vec<Problem>) -> Option<SetSetting> {
    let (_, text) = layers.set.iter().rev().find(|(name, _)| *name == spec.name)?;
    let value = spec.read_text(text);
    if value.is_none() {
        let message = format!("`--set {}={text}`: this is no {}", spec.name, spec.kind.name());
        problems.push(Problem::error("bad-setting", message).hint(hint(spec)));
    }
    value.map(|value| SetSetting { value, by: Setter::CommandLine })
}

fn from_briefing(spec: &SettingSpec, layers: &Layers<'_>, problems: &mut Vec<Problem>) -> Option<SetSetting> {
    let (_, node) = layers.briefing.settings.get(&spec.name)?;
    let value = spec.read(node);
    if value.is_none() && !is_null(node) {
        problems.push(bad(spec).at(&layers.briefing.file, &layers.briefing.text, node.span.clone()));
    }
    value.map(|value| SetSetting { value, by: Setter::Briefing(node.span.clone()) })
}

fn from_workspace(spec: &SettingSpec, layers: &Layers<'_>, problems: &mut Vec<Problem>) -> Option<SetSetting> {
    const FILE: &str = "chancery.toml";
    let node = layers.config.settings.get(&spec.name)?;
    let value = spec.read(node);
    if value.is_none() {
        problems.push(match layers.config_text {
            Some(text) => bad(spec).at(FILE, text, node.span.clone()),
            None => bad(spec).at_file(FILE),
        });
    }
    value.map(|value| SetSetting { value, by: Setter::Workspace(node.span.clone()) })
}

fn is_null(node: &Node) -> bool {
    node.value == chancery_model::Value::Null
}

fn bad(spec: &SettingSpec) -> Problem {
    let article = if matches!(spec.kind, SettingType::Image) { "an" } else { "a" };
    let message = format!("the setting `{}` must be {article} {}", spec.name, spec.kind.name());
    Problem::error("bad-setting", message).hint(hint(spec))
}

fn hint(spec: &SettingSpec) -> String {
    match spec.kind {
        SettingType::Choice => format!("the choices are {}", spec.choices.join(", ")),
        kind => kind.example().to_owned(),
    }
}
