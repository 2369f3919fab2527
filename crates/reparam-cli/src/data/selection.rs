//! Which columns of a table with names are numbers to learn from, which is the label, which are left out.

use std::collections::HashMap;

use super::align::{is_positional, places};
use super::source::nearest;
use super::{Expected, ReadOptions};
use crate::error::{Error, Result};

/// What a column of the source is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Numbers, at this place of the row.
    Feature(usize),
    /// The class of the row.
    Label,
    /// Nothing.
    Skip,
}

/// The roles of all columns of a source.
#[derive(Debug)]
pub(super) struct Selection {
    /// One role per column of the source.
    pub(super) roles: Vec<Role>,
    /// The names of the features, in the order of their places.
    pub(super) columns: Vec<String>,
    /// What the user should know.
    pub(super) notes: Vec<String>,
}

impl Selection {
    /// Gives each of `names` its role; `source` is for messages.
    pub(super) fn new(source: &str, names: &[String], options: &ReadOptions) -> Result<Self> {
        refuse_duplicates(source, names, &options.exclude)?;
        let mut roles = vec![None; names.len()];
        let mut notes = Vec::new();
        for (wanted, flag, role) in options
            .exclude
            .iter()
            .map(|name| (name, "--exclude", Role::Skip))
            .chain(options.label.iter().map(|name| (name, "--label", Role::Label)))
        {
            let found: Vec<usize> = names
                .iter()
                .enumerate()
                .filter(|(_, name)| *name == wanted)
                .map(|(place, _)| place)
                .collect();
            match found.as_slice() {
                [_, ..] => found.iter().for_each(|place| roles[*place] = Some(role)),
                // What was learned from may have more columns than what is encoded.
                [] if options.expected.is_some() => {
                    notes.push(format!("there is no column '{wanted}' ({flag})"));
                }
                [] => return Err(unknown_column(source, names, flag, wanted)),
            }
        }
        let mut columns = match &options.expected {
            Some(expected) if !is_positional(&expected.columns) && !is_positional(names) => {
                by_name(source, names, expected, &mut roles, &mut notes)?;
                expected.columns.clone()
            }
            _ => Vec::new(),
        };
        let roles = roles.into_iter().zip(names).map(|(role, name)| {
            role.unwrap_or_else(|| {
                columns.push(name.clone());
                Role::Feature(columns.len() - 1)
            })
        });
        let roles = roles.collect();
        Ok(Self { roles, columns, notes })
    }
}

impl Selection {
    /// Leaves out the features that hold no numbers, and says which.
    pub(super) fn leave_out(&mut self, names: &[String], no_numbers: impl Fn(usize) -> bool) {
        let mut left_out = Vec::new();
        self.columns.clear();
        for (place, role) in self.roles.iter_mut().enumerate() {
            if !matches!(role, Role::Feature(_)) {
                continue;
            }
            if no_numbers(place) {
                *role = Role::Skip;
                left_out.push(&names[place]);
            } else {
                *role = Role::Feature(self.columns.len());
                self.columns.push(names[place].clone());
            }
        }
        if !left_out.is_empty() {
            self.notes.push(format!("left out, since they hold no numbers: {}", quoted(left_out)));
        }
    }
}

/// Gives the expected columns their places and leaves out all others.
fn by_name(
    source: &str,
    names: &[String],
    expected: &Expected,
    roles: &mut [Option<Role>],
    notes: &mut Vec<String>,
) -> Result<()> {
    let found = places(names, &expected.columns)
        .map_err(|error| Error { message: format!("{source}: {error}"), ..error })?;
    for (place, column) in found.iter().enumerate() {
        roles[*column] = Some(Role::Feature(place));
    }
    let mut extra = Vec::new();
    for (role, name) in roles.iter_mut().zip(names).filter(|(role, _)| role.is_none()) {
        *role = Some(Role::Skip);
        extra.push(name);
    }
    if !extra.is_empty() {
        notes.push(format!("columns that the model does not know are ignored: {}", quoted(extra)));
    }
    Ok(())
}

/// Two columns of one name cannot be told apart, unless both are left out.
fn refuse_duplicates(source: &str, names: &[String], excluded: &[String]) -> Result<()> {
    let mut seen = HashMap::new();
    for (place, name) in names.iter().enumerate().filter(|(_, name)| !excluded.contains(name)) {
        if let Some(first) = seen.insert(name, place) {
            return Err(Error::failed(format!(
                "{source}: columns {} and {} are both called '{name}'",
                first + 1,
                place + 1
            ))
            .help("give each column a name of its own"));
        }
    }
    Ok(())
}

/// The error for a name that no column has.
pub(super) fn unknown_column(source: &str, names: &[String], flag: &str, wanted: &str) -> Error {
    unknown("column", source, names, flag, wanted)
}

/// The error for a name that no column, or array, has.
pub(super) fn unknown(what: &str, source: &str, names: &[String], flag: &str, wanted: &str) -> Error {
    let error = Error::usage(format!(
        "{flag} {wanted}: {source} has no {what} of this name; it has {}",
        quoted(names)
    ));
    match nearest(wanted, names.iter().map(String::as_str)) {
        Some(near) => error.help(format!("did you mean '{near}'?")),
        None => error,
    }
}

/// `'a', 'b', 'c'`, cut short where there are many.
pub(super) fn quoted<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    const LISTED: usize = 12;
    let names: Vec<_> = names.into_iter().collect();
    let mut listed: Vec<_> = names.iter().take(LISTED).map(|name| format!("'{}'", name.as_ref())).collect();
    if names.len() > LISTED {
        listed.push(format!("and {} more", names.len() - LISTED));
    }
    listed.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Role, Selection};
    use crate::data::{Expected, Layout, ReadOptions};

    fn select(names: &[&str], options: &ReadOptions) -> crate::error::Result<Selection> {
        Selection::new("t.csv", &names.iter().map(ToString::to_string).collect::<Vec<_>>(), options)
    }

    #[test]
    fn label_and_excluded_columns_are_no_features() {
        let options =
            ReadOptions { label: Some("b".into()), exclude: vec!["id".into()], ..Default::default() };
        let selection = select(&["id", "a", "b", "c"], &options).unwrap();
        assert_eq!(selection.roles, [Role::Skip, Role::Feature(0), Role::Label, Role::Feature(1)]);
        assert_eq!(selection.columns, ["a", "c"]);
        let error = select(&["id", "a", "bb"], &options).unwrap_err();
        assert_eq!(error.message, "--label b: t.csv has no column of this name; it has 'id', 'a', 'bb'");
        assert_eq!(error.help.unwrap(), "did you mean 'bb'?");
    }

    #[test]
    fn two_columns_of_one_name_are_refused() {
        let error = select(&["a", "b", "a"], &ReadOptions::default()).unwrap_err();
        assert_eq!(error.message, "t.csv: columns 1 and 3 are both called 'a'");
    }

    #[test]
    fn the_model_chooses_the_columns_by_name() {
        let expected = Expected { columns: vec!["c".into(), "a".into()], layout: Layout::Table };
        let options =
            ReadOptions { label: Some("class".into()), expected: Some(expected), ..Default::default() };
        let selection = select(&["a", "b", "c"], &options).unwrap();
        assert_eq!(selection.roles, [Role::Feature(1), Role::Skip, Role::Feature(0)]);
        assert_eq!(selection.columns, ["c", "a"]);
        assert!(selection.notes.iter().any(|note| note.contains("'class'")));
        assert!(selection.notes.iter().any(|note| note.contains("ignored: 'b'")));
        let error = select(&["a", "b"], &options).unwrap_err();
        assert!(
            error.message.contains("t.csv: the model was trained on columns that are not here: 'c'"),
            "{error}"
        );
    }
}
