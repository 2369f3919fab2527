use super::*;

fn table(columns: &[&str], values: &[f64]) -> Dataset {
    Dataset {
        name: "t".into(),
        columns: columns.iter().map(ToString::to_string).collect(),
        values: Values::F64(values.to_vec()),
        labels: None,
        layout: Layout::Table,
        test_from: None,
        kept: None,
        notes: Vec::new(),
    }
}

#[test]
fn columns_are_standardised_on_the_training_rows_and_come_back() {
    let data = table(&["a", "c", "b"], &[1.0, 7.0, 1e9, 3.0, 7.0, 1e9 + 2.0, 100.0, 7.0, 1e9 + 4.0]);
    let fitted = Preprocess::fit(&data, &[0, 1], Likelihood::Gaussian).unwrap();
    assert_eq!(fitted.constant(), ["c"]);
    assert_eq!(fitted.width(), 2);
    let inputs = fitted.inputs(&data, &[0, 1]);
    assert_eq!(inputs, [-1.0, -1.0, 1.0, 1.0]);
    assert_eq!(fitted.restore(&inputs), [1.0, 7.0, 1e9, 3.0, 7.0, 1e9 + 2.0]);
}

#[test]
fn no_number_is_too_large_for_the_network() {
    let training = table(&["a", "b"], &[0.0, 1.0, 2.0, 3.0]);
    let fitted = Preprocess::fit(&training, &[0, 1], Likelihood::Gaussian).unwrap();
    let far = table(&["a", "b"], &[1e300, -f64::MAX]);
    assert_eq!(fitted.inputs(&far, &[0]), [1e4, -1e4]);
}

#[test]
fn drawn_rows_keep_whole_numbers_and_ranges() {
    let data = table(&["count", "real"], &[0.0, 0.5, 3.0, 1.5]);
    let fitted = Preprocess::fit(&data, &[0, 1], Likelihood::Gaussian).unwrap();
    let mut rows = [1.4, 1.25, -2.0, 9.0];
    fitted.as_seen(&mut rows);
    assert_eq!(rows, [1.0, 1.3, 0.0, 1.5], "one decimal, as in the data");
    let fine = table(&["fine"], &[0.25, 1.0 / 3.0, -7.0]);
    let fitted = Preprocess::fit(&fine, &[0, 1, 2], Likelihood::Gaussian).unwrap();
    let mut rows = [0.123456789];
    fitted.as_seen(&mut rows);
    assert_eq!(rows, [0.123456789]);
}

#[test]
fn white_is_exactly_one() {
    let layout = Layout::Image { height: 1, width: 3, channels: 1, maximum: 255 };
    let data = Dataset { layout, values: Values::U8(vec![0, 51, 255]), ..table(&["p", "q", "r"], &[]) };
    let fitted = Preprocess::fit(&data, &[0], Likelihood::Bernoulli).unwrap();
    assert_eq!(fitted.inputs(&data, &[0]), [0.0, 0.2, 1.0]);
}

#[test]
fn a_number_outside_the_support_is_named() {
    let data = table(&["a", "b"], &[0.0, 1.0, 1.0, 0.0, 0.5, 2.0]);
    let error = Preprocess::fit(&data, &[0, 1], Likelihood::Bernoulli).unwrap_err();
    assert_eq!(
        error.message,
        "t: column 'b' holds 2 in row 2 (counted from 0); a Bernoulli likelihood takes numbers from 0 to 1"
    );
    assert!(error.help.unwrap().contains("--likelihood gaussian"));
}

#[test]
fn columns_without_a_scale_are_refused_by_name() {
    let error = Preprocess::fit(&table(&["a"], &[2.0, 2.0]), &[0, 1], Likelihood::Gaussian).unwrap_err();
    assert!(error.message.contains("every column is constant"), "{error}");
    let error = Preprocess::fit(&table(&["a"], &[1e308, -1e308]), &[0, 1], Likelihood::Gaussian).unwrap_err();
    assert!(error.message.contains("column 'a' holds numbers up to 1e308"), "{error}");
}
