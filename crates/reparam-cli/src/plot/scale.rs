//! From data to pixels: extents, linear scales and round tick values.

/// The range of the finite values seen so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// The least, `+∞` when there is none.
    pub min: f64,
    /// The greatest, `−∞` when there is none.
    pub max: f64,
}

impl Extent {
    /// No values.
    pub const EMPTY: Self = Self { min: f64::INFINITY, max: f64::NEG_INFINITY };

    /// The extent of the finite values among `values`.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold(Self::EMPTY, |e, v| Self { min: e.min.min(v), max: e.max.max(v) })
    }

    /// The least extent that covers both.
    pub fn union(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// An interval of positive length that covers the values: `[0, 1]` for none, a margin about a single one.
    pub fn interval(self) -> (f64, f64) {
        if self.min > self.max {
            return (0.0, 1.0);
        }
        // A quarter of the range of doubles, so that no width or margin overflows.
        let limit = f64::MAX / 4.0;
        let (min, max) = (self.min.clamp(-limit, limit), self.max.clamp(-limit, limit));
        let centre = min / 2.0 + max / 2.0;
        // Below this width neighbouring ticks would be the same floating-point number.
        let least = (centre.abs() * 1e-9).max(f64::MIN_POSITIVE);
        if max - min > least {
            return (min, max);
        }
        let margin = if centre == 0.0 { 0.5 } else { centre.abs() * 0.1 };
        (centre - margin, centre + margin)
    }
}

/// A linear map from a data interval onto a pixel interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The data interval, of positive length.
    pub domain: (f64, f64),
    /// The pixels of its two ends.
    pub range: (f64, f64),
}

impl Scale {
    /// The pixel of a value, held near the chart however far the value is from the domain.
    pub fn at(&self, value: f64) -> f64 {
        let (from, to) = self.domain;
        (self.range.0 + (value - from) / (to - from) * (self.range.1 - self.range.0)).clamp(-1e5, 1e5)
    }
}

/// The step 1, 2 or 5 times a power of ten that cuts `length` into about `count` pieces.
pub fn round_step(length: f64, count: f64) -> f64 {
    let raw = (length / count.max(1.0)).max(f64::MIN_POSITIVE);
    let power = 10f64.powi(raw.log10().floor() as i32);
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= raw * 0.999);
    factor.unwrap_or(10.0) * power
}

/// A value as a tick label: as many decimals as `step` has, thousands grouped, a true minus sign.
pub fn tick_label(value: f64, step: f64) -> String {
    let value = if value.abs() < step * 1e-6 { 0.0 } else { value };
    if value == 0.0 && step < 1e-4 {
        return "0".to_owned();
    }
    if value.abs() >= 1e7 || step < 1e-4 {
        let digits = (value.abs().log10().floor() - step.log10().floor()).max(0.0) as usize;
        return format!("{value:.digits$e}").replace('-', "−");
    }
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{}{fraction}", grouped(whole))
}

/// Digits with a comma between groups of three, from five digits on.
fn grouped(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let head = digits.len() % 3;
    let groups = digits.as_bytes()[head..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let first = (head > 0).then(|| digits[..head].to_owned());
    first.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}
