//! Groups of countries, for filters: `G7`, `EU-27`, `ASEAN members`. The list is groups.tsv beside this file.

use std::sync::LazyLock;

use super::lists::listed;
use crate::field::ValueGroup;
use crate::text::table::Table;

const GROUPS: Table = Table::new("country/groups.tsv", include_str!("groups.tsv"));

/// Every group.
pub(super) fn all() -> &'static [ValueGroup] {
    &ALL
}

static ALL: LazyLock<Vec<ValueGroup>> = LazyLock::new(|| {
    GROUPS
        .cells()
        .map(|[name, whole, spellings, members]| ValueGroup {
            name,
            whole: listed(whole).next(),
            spellings: listed(spellings).collect(),
            members: listed(members).collect(),
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::lists;
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn the_table_is_sorted_whole_and_without_repeats() {
        lists::check_table(GROUPS, 4, |cells| fold(cells[0]));
        for group in all() {
            assert!(group.members.len() > 1, "{}", group.name);
            assert!(
                group.members.is_sorted_by_key(|member| fold(member)),
                "{}",
                group.name
            );
        }
    }

    #[test]
    fn members_are_countries_and_wholes_are_blocs() {
        for group in all() {
            for member in &group.members {
                assert!(!lists::is_bloc(member), "{}: {member}", group.name);
                assert_eq!(lists::resolve(member), [*member], "{}", group.name);
            }
            if let Some(whole) = group.whole {
                assert!(lists::is_bloc(whole), "{whole}");
            }
        }
    }

    /// So that the name of a bloc means the bloc, and `G7` never a country.
    #[test]
    fn names_of_groups_are_no_names_of_countries_or_blocs() {
        let mut seen = HashSet::new();
        for group in all() {
            for name in group.spellings.iter().chain([&group.name]) {
                assert!(seen.insert(fold(name)), "{name}");
                // In a text EU-27 is the union; in a filter, next to EU-15, it is its members.
                if !matches!(*name, "EU-27" | "EU-28") {
                    assert!(lists::resolve(name).is_empty(), "{name}");
                }
            }
        }
    }

    #[test]
    fn groups_have_as_many_members_as_their_names_say() {
        for group in all() {
            for name in group.spellings.iter().chain([&group.name]) {
                let Some((_, number)) = name.rsplit_once('-') else {
                    continue;
                };
                if let Ok(number) = number.parse::<usize>() {
                    assert_eq!(group.members.len(), number, "{name}");
                }
            }
        }
    }
}
