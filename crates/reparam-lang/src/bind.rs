//! A call matched with the distribution it names.

use crate::error::{LangError, Result};
use crate::lower;
use crate::signature::{Kind, Parameter, Refused, Signature};
use crate::span::Span;
use crate::spelling::suggestion;
use crate::tree::{Argument, Call, Expr, ExprKind};
use crate::value::{Shape, Value};

/// A distribution with all its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound<'c> {
    /// What was called.
    pub signature: &'c Signature,
    /// Which of [`Signature::forms`] was used.
    pub form: usize,
    /// One argument for each parameter of the form, in its order; several for the last where it is repeated.
    pub arguments: Vec<BoundArgument<'c>>,
    /// How many distributions its own numbers describe, where one is given with a dimension more than the parameter
    /// has; all such arguments agree in it. Distributions among the arguments have batches of their own.
    pub batch: Option<usize>,
    /// Where the call stands.
    pub span: Span,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundArgument<'c> {
    /// Which parameter.
    pub parameter: &'static Parameter,
    /// What was given, or the default.
    pub value: Value<'c>,
    /// Where it was given; for a default, the name of the distribution.
    pub span: Span,
}

impl Bound<'_> {
    /// The argument of the parameter with this name, if the form has one.
    pub fn argument(&self, name: &str) -> Option<&BoundArgument<'_>> {
        self.arguments.iter().find(|argument| argument.parameter.name == name)
    }
}

/// The distribution that `expr` calls.
pub(crate) fn bind<'c>(expr: &Expr, catalogue: &'c [Signature]) -> Result<Bound<'c>> {
    let call = match &expr.kind {
        ExprKind::Call(call) => call,
        ExprKind::Name(name) => {
            let signature = find(name, expr.span, catalogue)?;
            let message = format!("`{name}` lacks its parameters");
            return Err(LangError::at(expr.span, message).help(usage(signature)));
        }
        _ => {
            let error = LangError::at(expr.span, "expected a distribution");
            let example = catalogue.first().map(|signature| format!("such as {}", signature.usage()));
            return Err(error.help_if(example));
        }
    };
    let signature = find(&call.name.text, call.name.span, catalogue)?;
    let form = form(call, signature)?;
    let mut bound = Bound { signature, form, arguments: Vec::new(), batch: None, span: expr.span };
    for (position, parameter) in signature.forms[form].iter().enumerate() {
        let mut arguments = given(call, position, parameter).peekable();
        if arguments.peek().is_none() {
            let Some(default) = parameter.default else {
                let message = format!("{} lacks `{}`", signature.name, parameter.name);
                return Err(LangError::at(call.name.span, message).help(usage(signature)));
            };
            let value = Value::Number(default);
            bound.arguments.push(BoundArgument { parameter, value, span: call.name.span });
        }
        for argument in arguments {
            let expr = &argument.value;
            let (value, batch) = value(expr, parameter, signature, catalogue)?;
            bound.join_batch(batch, parameter, expr.span)?;
            bound.arguments.push(BoundArgument { parameter, value, span: expr.span });
        }
    }
    Ok(bound)
}

impl Bound<'_> {
    fn join_batch(&mut self, batch: Option<usize>, parameter: &Parameter, span: Span) -> Result<()> {
        match (self.batch, batch) {
            (Some(others), Some(own)) if others != own => {
                let message = format!(
                    "`{}` is for {own} distributions, and what stands before it for {others}",
                    parameter.name
                );
                Err(LangError::at(span, message).help(format!("expected one value or {others}")))
            }
            (others, own) => {
                self.batch = others.or(own);
                Ok(())
            }
        }
    }
}

fn find<'c>(name: &str, span: Span, catalogue: &'c [Signature]) -> Result<&'c Signature> {
    catalogue.iter().find(|signature| signature.is_named(name)).ok_or_else(|| {
        if let Some(advice) = catalogue.iter().find_map(|meant| Refused::advice(meant.refused, name)) {
            return LangError::at(span, format!("`{name}` has other parameters elsewhere")).help(advice);
        }
        let names = catalogue.iter().flat_map(|signature| [&[signature.name], signature.aliases].concat());
        LangError::at(span, format!("unknown distribution `{name}`")).help_if(suggestion(name, names))
    })
}

fn usage(signature: &Signature) -> String {
    format!("expected {}", signature.usage())
}

/// The argument at this position or under one of the parameter's names; all that follow where it is repeated.
fn given<'a>(call: &'a Call, position: usize, parameter: &Parameter) -> impl Iterator<Item = &'a Argument> {
    let parameter = *parameter;
    let is_it = move |(i, argument): &(usize, &Argument)| match &argument.keyword {
        Some(name) => parameter.is_named(&name.text),
        None => *i == position || parameter.repeated && *i > position,
    };
    call.arguments.iter().enumerate().filter(is_it).map(|(_, argument)| argument)
}

/// The first form that holds all arguments, and among those one that lacks none if there is one.
fn form(call: &Call, signature: &Signature) -> Result<usize> {
    let positional = call.arguments.iter().take_while(|argument| argument.keyword.is_none()).count();
    let holds = |form: &usize| {
        let own = signature.forms[*form];
        positional <= own.len() || own.last().is_some_and(|last| last.repeated)
    };
    let mut fitting: Vec<usize> = (0..signature.forms.len()).filter(holds).collect();
    if fitting.is_empty() {
        let most = signature.forms.iter().map(|form| form.len()).max().unwrap_or(0);
        let s = if most == 1 { "" } else { "s" };
        let message =
            format!("{} takes at most {most} argument{s}, not {}", signature.name, call.arguments.len());
        return Err(LangError::at(call.arguments[most].value.span, message).help(usage(signature)));
    }
    let mut seen: Vec<&str> = Vec::new();
    for name in call.arguments.iter().filter_map(|argument| argument.keyword.as_ref()) {
        if let Some(advice) = Refused::advice(signature.refused_parameters, &name.text) {
            let message = format!("`{}` of {} has another meaning elsewhere", name.text, signature.name);
            return Err(LangError::at(name.span, message).help(advice));
        }
        let Some(parameter) = signature.parameter(&name.text) else {
            let help =
                suggestion(&name.text, signature.parameter_names()).unwrap_or_else(|| usage(signature));
            let message = format!("{} has no parameter `{}`", signature.name, name.text);
            return Err(LangError::at(name.span, message).help(help));
        };
        let position = |form: usize| signature.forms[form].iter().position(|own| own.name == parameter.name);
        let before = fitting[0];
        fitting.retain(|form| position(*form).is_some_and(|position| position >= positional));
        let message = if seen.contains(&parameter.name) || (fitting.is_empty() && position(before).is_some())
        {
            format!("`{}` is given twice", parameter.name)
        } else if fitting.is_empty() {
            format!("`{}` excludes what is given before it", parameter.name)
        } else {
            seen.push(parameter.name);
            continue;
        };
        return Err(LangError::at(name.span, message).help(usage(signature)));
    }
    let is_complete = |form: &&usize| {
        let mut parameters = signature.forms[**form].iter().enumerate();
        parameters
            .all(|(i, parameter)| parameter.default.is_some() || given(call, i, parameter).next().is_some())
    };
    Ok(*fitting.iter().find(is_complete).unwrap_or(&fitting[0]))
}

/// What `expr` is as this parameter, and for how many distributions if it has a dimension more.
fn value<'c>(
    expr: &Expr,
    parameter: &Parameter,
    signature: &Signature,
    catalogue: &'c [Signature],
) -> Result<(Value<'c>, Option<usize>)> {
    let mismatch = |found: &str| {
        let message =
            format!("`{}` of {} is {}, not {found}", parameter.name, signature.name, parameter.kind.text());
        LangError::at(expr.span, message)
    };
    let is_distribution = |name: &str| catalogue.iter().any(|signature| signature.is_named(name));
    let calls_distribution = matches!(&expr.kind, ExprKind::Call(call) if is_distribution(&call.name.text));
    if parameter.kind == Kind::Distribution {
        return match &expr.kind {
            ExprKind::Call(_) | ExprKind::Name(_) => Ok((Value::Distribution(bind(expr, catalogue)?), None)),
            _ => Err(mismatch("a number or vector")),
        };
    }
    if calls_distribution {
        return Err(mismatch("a distribution"));
    }
    let (shape, items) = lower::constant(expr)?;
    let batch = match (parameter.kind, shape) {
        (Kind::Scalar | Kind::Spread, Shape::Scalar)
        | (Kind::Vector | Kind::Spread, Shape::Vector(_))
        | (Kind::Matrix, Shape::Matrix(..)) => None,
        (Kind::Scalar, Shape::Vector(batch)) | (Kind::Vector | Kind::Spread, Shape::Matrix(batch, _)) => {
            Some(batch)
        }
        _ => return Err(mismatch(&shape.to_string())),
    };
    Ok((Value::from_items(shape, items), batch))
}
