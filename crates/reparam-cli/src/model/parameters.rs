//! The weights of a network by name, out and in.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param, ParamId};
use burn::tensor::{Tensor, TensorData};

use crate::error::{Error, Result};
use crate::run::container;

/// Weights by the path of their module: `encoder.body.layers.0.weight`.
pub type Parameters = BTreeMap<String, container::Tensor>;

/// The weights of `net`.
pub fn parameters<M: Module>(net: &M) -> Parameters {
    let mut collect = Collect::default();
    net.visit(&mut collect);
    collect.found
}

/// `net` with the given weights.
///
/// # Errors
///
/// Names every weight that is missing, has another shape, or is not the network's.
pub fn with_parameters<M: Module>(net: M, parameters: &Parameters) -> Result<M> {
    let mut replace = Replace { path: Vec::new(), parameters, used: 0, faults: Vec::new() };
    let net = net.map(&mut replace);
    if replace.used < parameters.len() {
        replace.faults.push(format!("{} weights belong to another network", parameters.len() - replace.used));
    }
    match replace.faults.as_slice() {
        [] => Ok(net),
        faults => Err(Error::failed(format!("the weights do not fit the network: {}", faults.join("; ")))),
    }
}

/// `net` with its parameters numbered from 1 in order, so that an optimizer's record finds them in another process.
pub fn numbered<M: Module>(net: M) -> M {
    net.map(&mut Number { next: 1 })
}

#[derive(Default)]
struct Collect {
    path: Vec<String>,
    found: Parameters,
}

impl ModuleVisitor for Collect {
    fn enter_module(&mut self, name: &str, _: &str) {
        self.path.push(name.to_owned());
    }
    fn exit_module(&mut self, _: &str, _: &str) {
        self.path.pop();
    }
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let tensor = param.val();
        let shape = tensor.dims().to_vec();
        let values = tensor.into_data().iter::<f32>().collect();
        self.found.insert(self.path.join("."), container::Tensor { shape, values });
    }
}

struct Replace<'a> {
    path: Vec<String>,
    parameters: &'a Parameters,
    used: usize,
    faults: Vec<String>,
}

impl ModuleMapper for Replace<'_> {
    fn enter_module(&mut self, name: &str, _: &str) {
        self.path.push(name.to_owned());
    }
    fn exit_module(&mut self, _: &str, _: &str) {
        self.path.pop();
    }
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let name = self.path.join(".");
        let dims = param.val().dims();
        match self.parameters.get(&name) {
            Some(given) if given.shape == dims => {
                self.used += 1;
                param.map(|old| {
                    let data = TensorData::new(given.values.clone(), dims);
                    Tensor::from_data(data, &old.device()).set_require_grad(old.is_require_grad())
                })
            }
            Some(given) => {
                self.used += 1;
                self.faults.push(format!("{name} has shape {:?}, expected {dims:?}", given.shape));
                param
            }
            None => {
                self.faults.push(format!("{name} is missing"));
                param
            }
        }
    }
}

struct Number {
    next: u64,
}

impl ModuleMapper for Number {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (_, tensor, mapper) = param.consume();
        let id = ParamId::from(self.next);
        self.next += 1;
        Param::from_mapped_value(id, tensor, mapper)
    }
}
