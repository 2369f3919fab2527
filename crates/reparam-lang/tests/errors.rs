//! Every error as a user reads it.

mod support;

use reparam_lang::{LangError, Shape, Variable, parse};
use support::CATALOGUE;

/// Holds what every text gives to what is expected of it.
fn check(cases: &[(&str, &str)], outcome: impl Fn(&str) -> Result<(), LangError>) {
    for (text, expected) in cases {
        assert_eq!(outcome(text).expect_err(text).render(), *expected, "for {text:?}");
    }
}

#[rustfmt::skip] // Each error stands as it is printed.
const GRAMMAR: &[(&str, &str)] = &[
        ("", "\
error: the text is empty
  
  ^"),
        ("1 +", "\
error: expected an expression, not the end of the text
  1 +
     ^"),
        (")", "\
error: expected an expression, not `)`
  )
  ^"),
        ("(1 + 2", "\
error: this bracket lacks its `)`
  (1 + 2
  ^"),
        ("[1, 2)", "\
error: `)` closes nothing
  [1, 2)
       ^"),
        ("f(1, 2", "\
error: this bracket lacks its `)`
  f(1, 2
   ^"),
        ("f(a b)", "\
error: expected an operator, `,` or `)`, not `b`
  f(a b)
      ^"),
        ("(1, 2)", "\
error: `,` has no place here
  (1, 2)
    ^ a vector is written [1, 2]"),
        ("1 2", "\
error: expected an operator, not a number
  1 2
    ^"),
        ("2z", "\
error: `2z` is no number
  2z
  ^^ a product is written 2 * z"),
        ("1.2.3", "\
error: `1.2.3` is no number
  1.2.3
  ^^^^^"),
        ("1e", "\
error: `1e` is no number
  1e
  ^^ a product is written 1 * e"),
        ("1e999", "\
error: `1e999` is beyond double precision
  1e999
  ^^^^^ infinity is written inf"),
        ("1e-999", "\
error: `1e-999` is beyond double precision
  1e-999
  ^^^^^^ it would be read as 0"),
        ("z = 2", "\
error: `=` has no place here
  z = 2
    ^ arguments are named by f(name=1), numbers compared by `==`"),
        ("a < b < c", "\
error: comparisons cannot be chained
  a < b < c
        ^ both hold where (a < b) * (b < c)"),
        ("f(x=1, 2)", "\
error: an argument without a name follows the named `x`
  f(x=1, 2)
         ^ named arguments come last"),
        ("[]", "\
error: a vector has at least one element
  []
  ^^"),
        ("2 − 1", "\
error: unexpected character `−`
  2 − 1
    ^ did you mean `-`?"),
        ("{1}", "\
error: unexpected character `{`
  {1}
  ^ vectors are written [1, 2], groups (1 + 2)"),
        ("[1; 2]", "\
error: unexpected character `;`
  [1; 2]
    ^ the rows of a matrix are vectors: [[1, 0], [0, 1]]"),
        ("z²", "\
error: unexpected character `²`
  z²
   ^"),
        ("σ·μ + $", "\
error: unexpected character `·`
  σ·μ + $
   ^ did you mean `*`?"),
];

#[rustfmt::skip] // Each error stands as it is printed.
const CATALOGUE_FAULTS: &[(&str, &str)] = &[
        ("Gama(2.5, rate=1.2)", "\
error: unknown distribution `Gama`
  Gama(2.5, rate=1.2)
  ^^^^ did you mean `Gamma`?"),
        ("gamma(2.5, 1.2)", "\
error: unknown distribution `gamma`
  gamma(2.5, 1.2)
  ^^^^^ did you mean `Gamma`?"),
        ("Foo(1)", "\
error: unknown distribution `Foo`
  Foo(1)
  ^^^"),
        ("Normal", "\
error: `Normal` lacks its parameters
  Normal
  ^^^^^^ expected Normal(loc=0, scale=1)"),
        ("3 + 4", "\
error: expected a distribution
  3 + 4
  ^^^^^ such as Normal(loc=0, scale=1)"),
        ("Gamma(2.5, rte=1.2)", "\
error: Gamma has no parameter `rte`
  Gamma(2.5, rte=1.2)
             ^^^ did you mean `rate`?"),
        ("Gamma(2.5, beta=1.2)", "\
error: Gamma has no parameter `beta`
  Gamma(2.5, beta=1.2)
             ^^^^ expected Gamma(concentration, rate) or Gamma(concentration, scale)"),
        ("Gamma(2.5)", "\
error: Gamma lacks `rate`
  Gamma(2.5)
  ^^^^^ expected Gamma(concentration, rate) or Gamma(concentration, scale)"),
        ("Gamma(2.5, 1, 2)", "\
error: Gamma takes at most 2 arguments, not 3
  Gamma(2.5, 1, 2)
                ^ expected Gamma(concentration, rate) or Gamma(concentration, scale)"),
        ("Gamma(2.5, rate=1, scale=2)", "\
error: `scale` excludes what is given before it
  Gamma(2.5, rate=1, scale=2)
                     ^^^^^ expected Gamma(concentration, rate) or Gamma(concentration, scale)"),
        ("Gamma(2.5, rate=1, rate=2)", "\
error: `rate` is given twice
  Gamma(2.5, rate=1, rate=2)
                     ^^^^ expected Gamma(concentration, rate) or Gamma(concentration, scale)"),
        ("Gamma(2.5, 3, rate=1)", "\
error: `rate` is given twice
  Gamma(2.5, 3, rate=1)
                ^^^^ expected Gamma(concentration, rate) or Gamma(concentration, scale)"),
        ("Gamma(2.5, 3, scale=1)", "\
error: `scale` excludes what is given before it
  Gamma(2.5, 3, scale=1)
                ^^^^^ expected Gamma(concentration, rate) or Gamma(concentration, scale)"),
        ("Gamma(2.5, alpha=3)", "\
error: `concentration` is given twice
  Gamma(2.5, alpha=3)
             ^^^^^ expected Gamma(concentration, rate) or Gamma(concentration, scale)"),
        ("Gamma(alpha=2.5, concentration=3, rate=1)", "\
error: `concentration` is given twice
  Gamma(alpha=2.5, concentration=3, rate=1)
                   ^^^^^^^^^^^^^ expected Gamma(concentration, rate) or Gamma(concentration, scale)"),
        ("Bernoulli(0.3, logits=1)", "\
error: `logits` excludes what is given before it
  Bernoulli(0.3, logits=1)
                 ^^^^^^ expected Bernoulli(probs) or Bernoulli(logits)"),
        ("Bernoulli(probs=0.3, logits=1)", "\
error: `logits` excludes what is given before it
  Bernoulli(probs=0.3, logits=1)
                       ^^^^^^ expected Bernoulli(probs) or Bernoulli(logits)"),
        ("Dirichlet(1)", "\
error: `concentration` of Dirichlet is a vector, not a number
  Dirichlet(1)
            ^"),
        ("Normal([[1, 2], [3, 4]], 1)", "\
error: `loc` of Normal is a number, not a 2×2 matrix
  Normal([[1, 2], [3, 4]], 1)
         ^^^^^^^^^^^^^^^^"),
        ("Normal([0, 1, 2], [1, 2])", "\
error: `scale` is for 2 distributions, and what stands before it for 3
  Normal([0, 1, 2], [1, 2])
                    ^^^^^^ expected one value or 3"),
        ("Truncated(3, low=0)", "\
error: `base` of Truncated is a distribution, not a number or vector
  Truncated(3, low=0)
            ^"),
        ("Truncated([1, 2], low=0)", "\
error: `base` of Truncated is a distribution, not a number or vector
  Truncated([1, 2], low=0)
            ^^^^^^"),
        ("Truncated(normal(0, 1), low=0)", "\
error: unknown distribution `normal`
  Truncated(normal(0, 1), low=0)
            ^^^^^^ did you mean `Normal`?"),
        ("Normal(Normal(0, 1), 1)", "\
error: `loc` of Normal is a number, not a distribution
  Normal(Normal(0, 1), 1)
         ^^^^^^^^^^^^"),
        ("MultivariateNormal([0, 0], [1, 2])", "\
error: `scale_tril` of MultivariateNormal is a matrix, not a vector of 2
  MultivariateNormal([0, 0], [1, 2])
                             ^^^^^^"),
        ("Normal(z, 1)", "\
error: unknown name `z`
  Normal(z, 1)
         ^ only pi, e and inf are known here"),
        ("Normal(0, sqrt(-1))", "\
error: this is not a number
  Normal(0, sqrt(-1))
            ^^^^^^^^"),
        ("MixtureSameFamily([0.3, 0.7], Normal([0, 1], scale=[1, 2, 3]))", "\
error: `scale` is for 3 distributions, and what stands before it for 2
  MixtureSameFamily([0.3, 0.7], Normal([0, 1], scale=[1, 2, 3]))
                                                     ^^^^^^^^^ expected one value or 2"),
];

#[rustfmt::skip] // Each error stands as it is printed.
const EXPRESSIONS: &[(&str, &str)] = &[
        ("zz + 1", "\
error: unknown name `zz`
  zz + 1
  ^^ did you mean `z`?"),
        ("y", "\
error: unknown name `y`
  y
  ^ the variables are `z`, `x`"),
        ("sin", "\
error: unknown name `sin`
  sin
  ^^^ a function is called: sin(x)"),
        ("sinn(x)", "\
error: unknown function `sinn`
  sinn(x)
  ^^^^ did you mean `sin`?"),
        ("Normal(0, 1)", "\
error: unknown function `Normal`
  Normal(0, 1)
  ^^^^^^ a distribution cannot stand in an expression"),
        ("foo(1)", "\
error: unknown function `foo`
  foo(1)
  ^^^"),
        ("sin(x, x)", "\
error: sin takes 1 argument, not 2
  sin(x, x)
  ^^^^^^^^^ expected sin(x)"),
        ("sin()", "\
error: sin takes 1 argument, not 0
  sin()
  ^^^^^ expected sin(x)"),
        ("sum(x=1)", "\
error: sum has no parameter `x`
  sum(x=1)
      ^ expected sum(v)"),
        ("where(x, 1)", "\
error: where takes 3 arguments, not 2
  where(x, 1)
  ^^^^^^^^^^^ expected where(condition, a, b)"),
        ("z + [1, 2]", "\
error: `+` of a vector of 3 and a vector of 2
  z + [1, 2]
  ^^^^^^^^^^ expected equal shapes, or a number"),
        ("max(z, [1, 2])", "\
error: `max` of a vector of 3 and a vector of 2
  max(z, [1, 2])
  ^^^^^^^^^^^^^^ expected equal shapes, or a number"),
        ("dot(z, [1, 2])", "\
error: `dot` of a vector of 3 and a vector of 2
  dot(z, [1, 2])
  ^^^^^^^^^^^^^^ expected equal shapes, or a number"),
        ("[1, z]", "\
error: this element is a vector of 3, and the first is a number
  [1, z]
      ^ all elements have one shape"),
        ("[[1, 2], [3]]", "\
error: this element is a vector of 1, and the first is a vector of 2
  [[1, 2], [3]]
           ^^^ all elements have one shape"),
        ("[[[1]]]", "\
error: a matrix cannot be an element
  [[[1]]]
   ^^^^^"),
        ("x[0]", "\
error: a number has no elements
  x[0]
  ^"),
        ("z[3]", "\
error: there is no element 3 in a vector of 3
  z[3]
    ^ they are 0 to 2"),
        ("z[-4]", "\
error: there is no element -4 in a vector of 3
  z[-4]
    ^^ they are 0 to 2"),
        ("z[0.5]", "\
error: an index is a whole number, known beforehand
  z[0.5]
    ^^^"),
        ("z[x]", "\
error: an index is a whole number, known beforehand
  z[x]
    ^"),
        ("length(x)", "\
error: a number has no elements
  length(x)
  ^^^^^^^^^"),
        ("0 / 0", "\
error: this is not a number
  0 / 0
  ^^^^^"),
        ("x + log(-1)", "\
error: this is not a number
  x + log(-1)
      ^^^^^^^"),
        ("max()", "\
error: max takes 1 argument, not 0
  max()
  ^^^^^ expected max(a, b, ...)"),
];

#[test]
fn what_the_grammar_refuses() {
    check(GRAMMAR, |text| parse(text).map(|_| ()));
}

#[test]
fn what_the_catalogue_refuses() {
    check(CATALOGUE_FAULTS, |text| parse(text)?.bind(CATALOGUE).map(|_| ()));
}

#[test]
fn what_the_functions_refuse() {
    let variables =
        [Variable { name: "z", shape: Shape::Vector(3) }, Variable { name: "x", shape: Shape::Scalar }];
    check(EXPRESSIONS, |text| parse(text)?.compile(&variables).map(|_| ()));
}
