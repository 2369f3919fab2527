//! The dictionary at the beginning of an NPY file.

use crate::data::element::{Class, Element};

/// Type, order and shape of an array.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Numpy's spelling of the type: `<f8`.
    pub(super) descr: String,
    /// Whether the first axis runs fastest.
    pub(super) fortran: bool,
    pub(super) shape: Vec<usize>,
}

/// Reads `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`; says what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Header, String> {
    let mut rest = Rest(text);
    let (mut descr, mut fortran, mut shape) = (None, None, None);
    rest.expect('{')?;
    while !rest.eat('}') {
        let key = rest.string()?;
        rest.expect(':')?;
        match key {
            "descr" if rest.0.trim_start().starts_with('[') => {
                // Fields with names of their own: kept whole, for the message that refuses them.
                let end = rest.0.rfind(']').ok_or("a list has no end")?;
                descr = Some(rest.0[..=end].trim().to_owned());
                rest.0 = &rest.0[end + 1..];
            }
            "descr" => descr = Some(rest.string()?.to_owned()),
            "fortran_order" => fortran = Some(rest.boolean()?),
            "shape" => shape = Some(rest.tuple()?),
            _ => return Err(format!("unknown key '{key}'")),
        }
        if !rest.eat(',') {
            rest.expect('}')?;
            break;
        }
    }
    match (descr, fortran, shape) {
        (Some(descr), Some(fortran), Some(shape)) => Ok(Header { descr, fortran, shape }),
        _ => Err("it lacks one of descr, fortran_order and shape".into()),
    }
}

/// The element type of a spelling such as `<f8`, or in words what it is instead.
pub(super) fn element(descr: &str) -> Result<Element, &'static str> {
    let mut chars = descr.chars();
    let big_endian = match chars.next() {
        Some('<' | '|' | '=') => false,
        Some('>') => true,
        Some('[') => return Err("a structured array"),
        _ => return Err("an unknown type"),
    };
    let class = match chars.next() {
        Some('b') => Class::Bool,
        Some('i') => Class::Signed,
        Some('u') => Class::Unsigned,
        Some('f') => Class::Float,
        Some('O') => return Err("Python objects (a pickle)"),
        Some('U' | 'S') => return Err("text"),
        Some('c') => return Err("complex numbers"),
        Some('M' | 'm') => return Err("dates or durations"),
        _ => return Err("an unknown type"),
    };
    let size = chars.as_str().parse().map_err(|_| "an unknown type")?;
    Element::new(class, size, big_endian).ok_or("numbers of an unknown size")
}

/// The text still to be read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn eat(&mut self, wanted: char) -> bool {
        let next = self.0.trim_start().strip_prefix(wanted);
        self.0 = next.unwrap_or(self.0);
        next.is_some()
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.eat(wanted) { Ok(()) } else { Err(format!("'{wanted}' is missing")) }
    }

    fn string(&mut self) -> Result<&'a str, String> {
        let quote = if self.eat('"') { '"' } else { '\'' };
        if quote == '\'' {
            self.expect('\'')?;
        }
        let (string, rest) = self.0.split_once(quote).ok_or("a text has no end")?;
        self.0 = rest;
        Ok(string)
    }

    fn boolean(&mut self) -> Result<bool, String> {
        for (word, value) in [("True", true), ("False", false)] {
            if let Some(rest) = self.0.trim_start().strip_prefix(word) {
                self.0 = rest;
                return Ok(value);
            }
        }
        Err("fortran_order is neither True nor False".into())
    }

    fn tuple(&mut self) -> Result<Vec<usize>, String> {
        self.expect('(')?;
        let (inside, rest) = self.0.split_once(')').ok_or("the shape has no end")?;
        self.0 = rest;
        let sizes = inside.split(',').map(str::trim).filter(|size| !size.is_empty());
        // Python 2 wrote long integers as `3L`.
        sizes
            .map(|size| {
                size.trim_end_matches('L').parse().map_err(|_| format!("'{size}' in the shape is no size"))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Header, element, parse};

    #[test]
    fn headers_as_numpy_writes_them() {
        let header = parse("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }   \n").unwrap();
        assert_eq!(header, Header { descr: "<f8".into(), fortran: false, shape: vec![3, 4] });
        assert_eq!(parse("{'shape':(5L,),\"descr\":'|b1','fortran_order':True}").unwrap().shape, [5]);
        assert_eq!(
            parse("{'descr': '<i8', 'fortran_order': False, 'shape': (), }").unwrap().shape,
            [0usize; 0]
        );
        let fields =
            parse("{'descr': [('a', '<f8'), ('b', '<i4', (2,))], 'fortran_order': False, 'shape': (3,), }");
        assert_eq!(element(&fields.unwrap().descr), Err("a structured array"));
    }

    #[test]
    fn damaged_headers_are_described() {
        for text in [
            "",
            "{",
            "{'descr': '<f8'}",
            "{'descr': '<f8', 'fortran_order': Maybe, 'shape': (3,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-3,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (3,",
            "{'descr': '<f8, 'fortran_order': False, 'shape': (3,)}",
            "{'other': 1}",
            "{'descr': [",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn types_that_are_no_numbers_are_named() {
        assert_eq!(element("|O"), Err("Python objects (a pickle)"));
        assert_eq!(element("<c16"), Err("complex numbers"));
        assert_eq!(element("<M8[ns]"), Err("dates or durations"));
        assert_eq!(element("<f16"), Err("numbers of an unknown size"));
        assert!(element("é").is_err() && element("").is_err() && element(">u2").unwrap().big_endian);
    }
}
