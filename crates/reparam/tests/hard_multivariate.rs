//! Distributions of several numbers at the hard points of `reference/hard`, in both precisions.

use burn::tensor::{DType, Tensor};
use reparam::{
    Dirichlet, LkjCholesky, MultivariateNormal, Wishart,
    prelude::*,
    testing::{tensor, values},
};
use serde_json::Value;

fn points(file: &str) -> Vec<Value> {
    let path = format!("{}/../../reference/hard/{file}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        number => vec![number.as_f64().unwrap()],
    }
}

/// Checks `value` at the points of one function: to 1e-12 in double precision, and to 2e-6 in single precision where the
/// point is exact there.
fn check(file: &str, dist: &str, function: &str, value: impl Fn(&Value, DType) -> Tensor<1>) {
    let mut seen = 0;
    for point in points(file).iter().filter(|point| point["dist"] == dist && point["fn"] == function) {
        let Ok(truth) = point["value"].as_str().unwrap().parse::<f64>() else { continue };
        seen += 1;
        for (dtype, allowed) in [(DType::F64, 1e-12), (DType::F32, 2e-6)] {
            if dtype == DType::F32 && point["f32"] != true {
                continue;
            }
            let got = values(value(point, dtype))[0];
            let fine = got == truth || (got - truth).abs() <= allowed * truth.abs();
            assert!(fine, "{} in {dtype:?}: got {got:e}, true {truth:e}", point["id"]);
        }
    }
    assert!(seen > 0, "{file}: no point of {dist} {function}");
}

fn vector(value: &Value, dtype: DType) -> Tensor<2> {
    let numbers = numbers(value);
    tensor(&numbers, [1, numbers.len()]).cast(dtype)
}

fn matrix(value: &Value, dtype: DType) -> Tensor<3> {
    let d = value.as_array().unwrap().len();
    tensor(&numbers(value), [1, d, d]).cast(dtype)
}

fn scalar(value: &Value, dtype: DType) -> Tensor<1> {
    tensor(&numbers(value), [1]).cast(dtype)
}

#[test]
fn multivariate_normal() {
    let law = |params: &Value, prefix: &str, dtype| {
        let loc = vector(&params[format!("{prefix}loc")], dtype);
        match &params[format!("{prefix}scale_tril")] {
            Value::Null => {
                MultivariateNormal::from_covariance(loc, matrix(&params["covariance_matrix"], dtype), 0.0)
            }
            tril => MultivariateNormal::new(loc, matrix(tril, dtype)),
        }
    };
    check("mvn", "MultivariateNormal", "log_prob", |p, dtype| {
        law(&p["params"], "", dtype).log_prob(vector(&p["x"], dtype))
    });
    check("kl", "MultivariateNormal|MultivariateNormal", "kl", |p, dtype| {
        law(&p["params"], "p_", dtype).kl(&law(&p["params"], "q_", dtype))
    });
}

#[test]
fn dirichlet() {
    let law = |p: &Value, name: &str, dtype| Dirichlet::new(vector(&p["params"][name], dtype));
    for file in ["dirichlet", "edge"] {
        check(file, "Dirichlet", "log_prob", |p, dtype| {
            law(p, "concentration", dtype).log_prob(vector(&p["x"], dtype))
        });
    }
    check("dirichlet", "Dirichlet", "entropy", |p, dtype| law(p, "concentration", dtype).entropy());
    check("kl", "Dirichlet|Dirichlet", "kl", |p, dtype| {
        law(p, "p_concentration", dtype).kl(&law(p, "q_concentration", dtype))
    });
}

#[test]
fn wishart_and_lkj() {
    check("mvn", "Wishart", "log_prob_tril", |p, dtype| {
        let params = &p["params"];
        let law = Wishart::new(scalar(&params["df"], dtype), matrix(&params["scale_tril"], dtype));
        law.log_prob_tril(matrix(&p["x"], dtype))
    });
    for file in ["mvn", "edge"] {
        check(file, "LKJCholesky", "log_prob", |p, dtype| {
            let (params, x) = (&p["params"], matrix(&p["x"], dtype));
            LkjCholesky::new(x.dims()[1], scalar(&params["concentration"], dtype)).log_prob(x)
        });
    }
}
