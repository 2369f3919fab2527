//! Arrow arrays as numbers and as text.

use std::fmt::Display;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type, Float32Type, Float64Type,
    Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrowPrimitiveType};
use arrow_schema::DataType;

use crate::data::element::{EXACT, is_exact};

/// One column of one batch; null is NaN.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers(pub(super) Vec<f64>);

impl Numbers {
    /// Takes the numbers of `array` in place of its own; the result counts the integers that were rounded.
    pub(super) fn fill(&mut self, array: &dyn Array) -> usize {
        self.0.clear();
        match array.data_type() {
            DataType::Boolean => {
                let truths = array.as_boolean().iter();
                self.0.extend(truths.map(|truth| truth.map_or(f64::NAN, |truth| f64::from(u8::from(truth)))));
            }
            DataType::Int8 => self.exact::<Int8Type>(array, f64::from),
            DataType::Int16 => self.exact::<Int16Type>(array, f64::from),
            DataType::Int32 => self.exact::<Int32Type>(array, f64::from),
            DataType::UInt8 => self.exact::<UInt8Type>(array, f64::from),
            DataType::UInt16 => self.exact::<UInt16Type>(array, f64::from),
            DataType::UInt32 => self.exact::<UInt32Type>(array, f64::from),
            DataType::Float16 => self.exact::<Float16Type>(array, f64::from),
            DataType::Float32 => self.exact::<Float32Type>(array, f64::from),
            DataType::Float64 => self.exact::<Float64Type>(array, |number| number),
            DataType::Int64 => {
                self.exact::<Int64Type>(array, |number| number as f64);
                let numbers = array.as_primitive::<Int64Type>().iter().flatten();
                return numbers.filter(|number| !is_exact(number.unsigned_abs())).count();
            }
            DataType::UInt64 => {
                self.exact::<UInt64Type>(array, |number| number as f64);
                return array
                    .as_primitive::<UInt64Type>()
                    .iter()
                    .flatten()
                    .filter(|number| !is_exact(*number))
                    .count();
            }
            DataType::Decimal32(_, scale) => return self.decimal::<Decimal32Type>(array, *scale),
            DataType::Decimal64(_, scale) => return self.decimal::<Decimal64Type>(array, *scale),
            DataType::Decimal128(_, scale) => return self.decimal::<Decimal128Type>(array, *scale),
            DataType::Decimal256(_, scale) => return self.decimal::<Decimal256Type>(array, *scale),
            other => unreachable!("{other} was refused"),
        }
        0
    }

    /// Whole numbers of the unit 10^−scale; each becomes the double nearest to it.
    fn decimal<T: ArrowPrimitiveType>(&mut self, array: &dyn Array, scale: i8) -> usize
    where
        T::Native: Display,
    {
        let mut rounded = 0;
        let cells = array.as_primitive::<T>().iter();
        self.0.extend(cells.map(|cell| {
            let Some(units) = cell else { return f64::NAN };
            // A division by a power of ten would round a second time.
            let number: f64 = format!("{units}e{}", -i32::from(scale)).parse().unwrap_or(f64::NAN);
            rounded += usize::from(scale <= 0 && number.abs() >= EXACT as f64);
            number
        }));
        rounded
    }

    fn exact<T: ArrowPrimitiveType>(&mut self, array: &dyn Array, number: fn(T::Native) -> f64) {
        let cells = array.as_primitive::<T>().iter();
        self.0.extend(cells.map(|cell| cell.map_or(f64::NAN, number)));
    }
}

/// Whether a column of this type can be learned from.
pub(super) fn is_number(kind: &DataType) -> bool {
    kind.is_integer() || kind.is_floating() || kind.is_decimal() || *kind == DataType::Boolean
}

/// Whether a column of this type can be a label.
pub(super) fn is_label(kind: &DataType) -> bool {
    is_number(kind) || matches!(kind, DataType::Utf8 | DataType::LargeUtf8)
}

/// The type in the words of the user's tools.
pub(super) fn words(kind: &DataType) -> String {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 => "text".into(),
        DataType::Binary | DataType::LargeBinary | DataType::FixedSizeBinary(_) => "bytes".into(),
        DataType::Timestamp(..) | DataType::Date32 | DataType::Date64 => format!("a date or time ({kind})"),
        DataType::List(_) | DataType::LargeList(_) | DataType::Struct(_) | DataType::Map(..) => {
            "nested".into()
        }
        DataType::Null => "nothing but nulls".into(),
        other => format!("of type {other}"),
    }
}

/// Hands the text of each row to `each`: text as it is, numbers as they are printed, nothing for null.
pub(super) fn texts(array: &dyn Array, mut each: impl FnMut(&str)) {
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().for_each(|text| each(text.unwrap_or_default())),
        DataType::LargeUtf8 => {
            array.as_string::<i64>().iter().for_each(|text| each(text.unwrap_or_default()));
        }
        DataType::Int64 => {
            // Identifiers beyond 2^53 keep their digits.
            let numbers = array.as_primitive::<Int64Type>().iter();
            numbers.for_each(|number| each(&number.map(|number| number.to_string()).unwrap_or_default()));
        }
        _ => {
            let mut numbers = Numbers::default();
            numbers.fill(array);
            for number in numbers.0 {
                each(&if number.is_nan() { String::new() } else { number.to_string() });
            }
        }
    }
}
