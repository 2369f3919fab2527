//! The name that a misspelt name was meant to be.

use std::cmp::Reverse;

/// `` did you mean `…`? ``, for the candidate most like `wanted`, if one is near enough to be a slip.
pub(crate) fn suggestion<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = wanted.to_lowercase();
    let length = wanted.chars().count();
    let slips = |name: &str| {
        let distance = strsim::damerau_levenshtein(&wanted, &name.to_lowercase());
        // Two slips at most, and only where enough of the word is left to recognise it.
        (distance <= length.div_ceil(3).min(2) && distance < length).then_some(distance)
    };
    // A text can hold a name of a million letters, and the distance takes the product of both lengths.
    let near = |name: &&str| name.chars().count().abs_diff(length) <= 2;
    // Of equally near names the one that begins alike for longer: the first letters are seldom wrong.
    let alike =
        |name: &str| wanted.chars().zip(name.to_lowercase().chars()).take_while(|(a, b)| a == b).count();
    let ranked = candidates
        .into_iter()
        .filter(near)
        .filter_map(|name| Some((slips(name)?, Reverse(alike(name)), name)));
    ranked.min().map(|(_, _, name)| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn the_nearest_name_within_two_slips() {
        let names = ["Gamma", "Gumbel", "Beta", "StudentT", "F"];
        let suggest = |wanted: &str| suggestion(wanted, names);
        assert_eq!(suggest("Gama").unwrap(), "did you mean `Gamma`?");
        assert_eq!(suggest("gamma").unwrap(), "did you mean `Gamma`?");
        assert_eq!(suggest("Bteaa").unwrap(), "did you mean `Beta`?");
        assert_eq!(suggest("student_t").unwrap(), "did you mean `StudentT`?");
        assert_eq!(suggestion("sinn", ["sign", "sin"]).unwrap(), "did you mean `sin`?");
        assert_eq!(suggest("Dirichlet"), None);
        assert_eq!(suggest("x"), None, "one letter says nothing");
        assert_eq!(suggest(&"x".repeat(1 << 20)), None);
    }
}
