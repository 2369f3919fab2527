//! What the grammar reads, and that what it writes reads back as the same.

use proptest::prelude::*;
use reparam_lang::{Binary, Call, Expr, ExprKind, Name, Span, Value, parse};

fn number(text: &str) -> f64 {
    match parse(text).and_then(|parsed| parsed.constant()) {
        Ok(Value::Number(value)) => value,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn numbers() {
    for (text, value) in [
        ("1", 1.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e-3", 1e-3),
        ("1E+3", 1e3),
        ("5e-324", 5e-324),
        ("1.7976931348623157e308", f64::MAX),
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("inf", f64::INFINITY),
        ("-inf", f64::NEG_INFINITY),
        ("+2", 2.0),
        ("0e5", 0.0),
    ] {
        assert_eq!(number(text), value, "{text}");
    }
    assert!(number("-0").is_sign_negative());
}

#[test]
fn precedence_and_grouping() {
    for (text, value) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("7 - 2 - 1", 4.0),
        ("7 - (2 - 1)", 6.0),
        ("24 / 4 / 2", 3.0),
        ("24 / 4 * 2", 12.0),
        ("2^3^2", 512.0),
        ("(2^3)^2", 64.0),
        ("2**3**2", 512.0),
        ("-2^2", -4.0),
        ("(-2)^2", 4.0),
        ("2^-1", 0.5),
        ("2^-3^2", 1.0 / 512.0),
        ("2^-1 * 4", 2.0),
        ("-2 * -3", 6.0),
        ("1 - -1", 2.0),
        ("--1", 1.0),
        ("-+-1", 1.0),
        ("1 + 1 < 3", 1.0),
        ("2 * 3 >= 7", 0.0),
        ("(1 < 2) == (3 != 4)", 1.0),
        ("[1, 2, 4][1] ^ 2", 4.0),
        ("-[1, 2][-1]", -2.0),
        ("[[1, 2], [3, 4]][1][0]", 3.0),
        ("where(1 > 2, 3, 4)", 4.0),
        ("max(1, 3, 2) - min([4, 5])", -1.0),
        ("length([[1, 2, 3], [4, 5, 6]])", 2.0),
        ("dot([1, 2], [3, 4]) + prod([1, 2, 3])", 17.0),
        ("mean([1, 2, 6]) + norm([3, 4]) + sum(2 * [1, 2])", 14.0),
        ("sqrt(2)^2 - 2 < 1e-15", 1.0),
    ] {
        assert_eq!(number(text), value, "{text}");
    }
}

#[test]
fn vectors_and_matrices() {
    let constant = |text: &str| parse(text).unwrap().constant().unwrap();
    assert_eq!(constant("[1, 2,]"), Value::Vector(vec![1.0, 2.0]));
    assert_eq!(constant("2 * [1, 2] + [0.5, 1]"), Value::Vector(vec![2.5, 5.0]));
    let Value::Matrix(matrix) = constant("[[1, 2, 3], -[4, 5, 6]]") else { panic!("no matrix") };
    assert_eq!((matrix.rows, matrix.columns), (2, 3));
    assert_eq!(matrix.items, [1.0, 2.0, 3.0, -4.0, -5.0, -6.0]);
}

#[test]
fn spans_are_bytes_of_the_text() {
    let text = " σ * Gamma( 2.5 ,rate = (1 + 2) )";
    let parsed = parse(text).unwrap();
    let ExprKind::Binary { right, .. } = &parsed.root().kind else { panic!("no product") };
    let ExprKind::Call(call) = &right.kind else { panic!("no call") };
    let part = |span: Span| &text[span.range()];
    assert_eq!(part(parsed.root().span), text.trim());
    assert_eq!(part(call.name.span), "Gamma");
    assert_eq!(part(call.arguments[0].value.span), "2.5");
    assert_eq!(part(call.arguments[1].keyword.as_ref().unwrap().span), "rate");
    assert_eq!(part(call.arguments[1].value.span), "(1 + 2)");
}

#[test]
fn deep_and_wide_texts_end_in_a_tree_or_an_error() {
    let deep = [
        "(".repeat(100_000),
        "[".repeat(100_000),
        "-".repeat(100_000),
        "f(".repeat(100_000),
        "z[".repeat(100_000),
        "2^".repeat(100_000),
        format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000)),
        format!("z{}", "[0]".repeat(100_000)),
    ];
    for text in deep {
        let error = parse(&text).unwrap_err();
        assert!(error.message.contains("at most 200 deep"), "{}", error.message);
    }
    assert_eq!(number(&format!("1{}", "+1".repeat(100_000))), 100_001.0);
    assert_eq!(number(&format!("{}1{}", "(".repeat(190), ")".repeat(190))), 1.0);
    assert_eq!(number(&format!("sum([{}])", "1,".repeat(100_000))), 100_000.0);
    assert!(parse(&"1".repeat((1 << 20) + 1)).unwrap_err().message.contains("bytes"));
}

fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::default() }
}

fn names() -> impl Strategy<Value = Name> {
    "[a-zA-Zμ_][a-z0-9_]{0,3}".prop_map(|text| Name { text, span: Span::default() })
}

fn operators() -> impl Strategy<Value = Binary> {
    use Binary::*;
    prop::sample::select(vec![
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Equal,
        NotEqual,
        Add,
        Subtract,
        Multiply,
        Divide,
        Power,
    ])
}

fn trees() -> impl Strategy<Value = Expr> {
    let positive =
        any::<f64>().prop_filter("numbers have no sign", |x| x.is_finite() && x.is_sign_positive());
    let leaf = prop_oneof![
        positive.prop_map(|value| expr(ExprKind::Number(value))),
        names().prop_map(|name| expr(ExprKind::Name(name.text))),
    ];
    leaf.prop_recursive(6, 48, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let argument = (prop::option::of(names()), inner.clone());
        let argument = argument.prop_map(|(keyword, value)| reparam_lang::Argument { keyword, value });
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|elements| expr(ExprKind::Vector(elements))),
            boxed().prop_map(|operand| expr(ExprKind::Negate(operand))),
            (boxed(), boxed()).prop_map(|(of, index)| expr(ExprKind::Index { of, index })),
            (operators(), boxed(), boxed()).prop_map(|(operator, left, right)| expr(ExprKind::Binary {
                operator,
                left,
                right
            })),
            (names(), prop::collection::vec(argument, 0..4)).prop_map(|(name, mut arguments)| {
                arguments.sort_by_key(|argument| argument.keyword.is_some());
                expr(ExprKind::Call(Call { name, arguments }))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn a_printed_tree_parses_to_itself(tree in trees()) {
        let text = tree.to_string();
        let parsed = parse(&text).map_err(|error| TestCaseError::fail(error.render()))?;
        prop_assert_eq!(parsed.root(), &tree, "{}", text);
    }
}

/// As deep as one operator, however long, and the same number as with brackets.
#[test]
fn long_sums_are_not_deep() {
    let text = |terms: usize| {
        let term = |i: usize| [" + ", " - "][i % 2].to_owned() + &i.to_string();
        (0..terms).map(term).collect::<String>()
    };
    for terms in [30, 33, 34, 200, 20_000] {
        let text = format!("7{}", text(terms));
        let parsed = parse(&text).unwrap_or_else(|error| panic!("{}", error.render()));
        assert_eq!(parsed.root().to_string(), text);
        assert_eq!(&parse(&parsed.root().to_string()).unwrap().root().kind, &parsed.root().kind);
        let sum: i32 = (0..terms as i32).map(|i| if i % 2 == 0 { i } else { -i }).sum();
        assert_eq!(parsed.constant().unwrap(), Value::Number(f64::from(7 + sum)));
    }
    let product = vec!["2*(1 - 0.5)"; 300].join("/1*");
    assert_eq!(parse(&product).unwrap().constant().unwrap(), Value::Number(1.0));
    assert!(parse(&vec!["2"; 300].join("^")).is_err());
}
