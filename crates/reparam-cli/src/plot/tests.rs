#![allow(clippy::float_cmp, reason = "round numbers are exact")]

use super::*;
use crate::plot::axis::Axis;
use crate::plot::scale::{round_step, tick_label};
use crate::plot::svg::Escaped;

fn line(points: &[(f64, f64)]) -> String {
    Chart::new("c").x(Axis::linear("x")).y(Axis::linear("y")).mark(Line::new("l", points.to_vec())).to_svg()
}

#[test]
fn steps_are_round_and_cut_an_interval_into_the_pieces_asked_for() {
    assert_eq!(round_step(10.0, 5.0), 2.0);
    assert_eq!(round_step(7.0, 5.0), 2.0);
    assert_eq!(round_step(0.0123, 4.0), 0.005);
    assert_eq!(round_step(2.4e5, 5.0), 5e4);
    for length in [1e-300, 3.7e-9, 0.99, 1.01, 123.0, 8.8e300] {
        let pieces = length / round_step(length, 6.0);
        assert!((2.0..=6.1).contains(&pieces), "{length}: {pieces} pieces");
    }
}

#[test]
fn tick_labels_have_the_decimals_of_their_step() {
    assert_eq!(tick_label(-20.0, 10.0), "−20");
    assert_eq!(tick_label(0.30000000000000004, 0.1), "0.3");
    assert_eq!(tick_label(-1e-17, 0.05), "0.00");
    assert_eq!(tick_label(1500.0, 500.0), "1500");
    assert_eq!(tick_label(1250000.0, 50000.0), "1,250,000");
    assert_eq!(tick_label(12345.5, 0.5), "12,345.5");
    assert_eq!(tick_label(2.5e9, 5e8), "2.5e9");
    assert_eq!(tick_label(-3e-7, 1e-7), "−3e−7");
}

#[test]
fn neighbouring_ticks_never_share_a_label() {
    for (min, max) in [(0.0, 1.0), (-45.3, -17.2), (1e9, 1e9 + 50.0), (1e-9, 3e-9), (-1e300, 1e300)] {
        let svg = line(&[(min, min), (max, max)]);
        let labels: Vec<&str> =
            svg.split("tick end").skip(1).filter_map(|s| s.split(['>', '<']).nth(1)).collect();
        assert!(labels.len() >= 2, "{min} to {max}: {labels:?}");
        assert!(labels.windows(2).all(|pair| pair[0] != pair[1]), "{min} to {max}: {labels:?}");
    }
}

#[test]
fn an_extent_skips_what_is_not_finite_and_has_length_even_for_one_value() {
    let extent = Extent::of([f64::NAN, 3.0, f64::INFINITY, -1.0]);
    assert_eq!((extent.min, extent.max), (-1.0, 3.0));
    assert_eq!(Extent::EMPTY.interval(), (0.0, 1.0));
    assert_eq!(Extent::of([0.0]).interval(), (-0.5, 0.5));
    let (min, max) = Extent::of([-7.0]).interval();
    assert!(min < -7.0 && max > -7.0);
    let (min, max) = Extent::of([-f64::MAX, f64::MAX]).interval();
    assert!((max - min).is_finite());
}

#[test]
fn text_cannot_leave_its_element() {
    assert_eq!(
        Escaped("<a href=\"x\">'&\u{0}").to_string(),
        "&lt;a href=&quot;x&quot;&gt;&#39;&amp;\u{fffd}"
    );
    let svg = Chart::new("\"><script>")
        .x(Axis::categories("<b>", vec!["</svg>".into()]))
        .y(Axis::linear("&"))
        .mark(Bars::new("<i>", vec![(0, 1.0, "</title>".into())]))
        .mark(Scatter::new(vec![(0.0, 0.5)]).name("<script>").labelled(true))
        .to_svg();
    for raw in ["<script", "<b>", "<i>", "\"\">"] {
        assert!(!svg.contains(raw), "{raw} in {svg}");
    }
    assert_eq!(svg.matches("</svg>").count(), 1);
    assert_eq!(svg.matches("</title>").count(), 1);
}

#[test]
fn gaps_single_points_and_no_data_still_make_a_chart() {
    let gap = line(&[(0.0, 1.0), (1.0, 2.0), (2.0, f64::NAN), (3.0, 1.0)]);
    assert_eq!(
        gap.matches("class=\"line\" d=\"M").count(),
        2,
        "a piece before the gap, and the legend: {gap}"
    );
    assert_eq!(gap.matches("<circle").count(), 1, "the single point behind the gap: {gap}");

    let bins = Bins::fit([]);
    let empty = Chart::new("empty")
        .mark(Line::new("l", vec![]))
        .mark(Band::new(vec![(0.0, f64::NAN, 1.0)]))
        .mark(Bars::new("b", vec![]))
        .mark(Scatter::new(vec![(f64::NAN, 0.0)]).name("s").labelled(true))
        .mark(Steps::filled("h", &bins, bins.shares(&[])))
        .to_svg();
    for svg in
        [gap, empty, line(&[]), line(&[(5.0, 5.0)]), line(&[(-f64::MAX, -f64::MAX), (f64::MAX, f64::MAX)])]
    {
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert!(svg.contains("class=\"tick end\""), "{svg}");
    }
}

#[test]
fn marks_lie_inside_the_frame_and_up_is_greater() {
    let svg = line(&[(0.0, 0.0), (10.0, 5.0)]);
    let path = svg.split("class=\"line\" d=\"").last().and_then(|s| s.split('"').next()).expect("a line");
    let numbers: Vec<f64> = path.split(['M', 'L', ' ']).filter_map(|n| n.parse().ok()).collect();
    let [x0, y0, x1, y1] = numbers[..] else { panic!("{path}") };
    assert!(0.0 < x0 && x0 < x1 && x1 < 420.0, "{path}");
    assert!(0.0 < y1 && y1 < y0 && y0 < 280.0, "{path}");
}

#[test]
fn whole_numbers_get_a_bin_each_and_extremes_the_outermost() {
    let bins = Bins::over(&[4.0, 4.0, 5.0, 8.0], &[6.3]);
    assert_eq!(bins.shares(&[4.0, 4.0, 5.0, 8.0]), [0.5, 0.25, 0.0, 0.0, 0.25]);
    assert_eq!(bins.shares(&[-100.0, 100.0, f64::NAN]), [0.5, 0.0, 0.0, 0.0, 0.5]);

    let bulk = (0..1000).map(|i| f64::from(i) / 1000.0);
    let shares = Bins::fit(bulk.clone().chain([1e6])).shares(&bulk.collect::<Vec<_>>());
    assert!(shares.iter().all(|share| *share < 0.25), "one extreme squeezed the rest into a bin: {shares:?}");
}

/// Every multiple of the step equally often: bins of equal height, but for the last.
#[test]
fn multiples_of_a_step_make_no_comb() {
    for (step, count) in [(1.0, 100), (5.0, 20), (0.1, 300), (0.25, 77), (12.0, 1000)] {
        let data: Vec<f64> = (0..count).map(|i| 40.0 + f64::from(i) * step).collect();
        let bins = Bins::over(&data, &data);
        let shares = bins.shares(&data);
        let inner = &shares[..shares.len() - 1];
        assert!(shares.len() >= 5, "{step}: {shares:?}");
        assert!(inner.iter().all(|share| *share == inner[0]), "{step}: {shares:?}");
    }
}

#[test]
fn a_zero_among_tiny_ticks_has_no_tail_of_zeros() {
    assert_eq!(tick_label(0.0, 1e-9), "0");
    assert_eq!(tick_label(0.0, 1e8), "0");
    assert_eq!(tick_label(0.0, 0.01), "0.00");
}

#[test]
fn a_long_legend_wraps_and_then_stops() {
    let chart = (0..500).fold(Chart::new("many"), |chart, i| {
        chart.mark(Scatter::new(vec![(0.0, 0.0)]).name(format!("class {i}")).tint(Tint::Series(i)))
    });
    let names = chart.to_svg().matches("class=\"key\"").count();
    assert!((10..100).contains(&names), "{names} names");
}

#[test]
fn series_of_one_colour_have_lines_of_their_own() {
    let classes: Vec<String> = (0..20).map(|i| Tint::Series(i).to_string()).collect();
    for (i, class) in classes.iter().enumerate() {
        assert!(!classes[..i].contains(class), "{class}");
        for word in class.split(' ') {
            assert!(STYLE.contains(&format!(".plot .{word} ")), "{word}");
        }
    }
}
