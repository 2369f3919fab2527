//! What leads to what: the trick, and one pass of an autoencoder.

use super::assert_drawn;
use super::diagram::{Diagram, Kind};

#[test]
fn the_graph_before_and_after_the_trick() {
    let mut d = Diagram::new("The computation graph before and after the trick", 720.0, 330.0);
    let heads = [(175.0, "A draw hides its parameters"), (535.0, "The same draw, as a function of noise")];
    for (x, text) in heads {
        d.note("middle", (x, 26.0), text);
    }

    let f = d.node(Kind::Computed, (175.0, 75.0), 90.0, "f(z)");
    let z = d.node(Kind::Drawn, (175.0, 165.0), 130.0, "z ~ q(z; φ)");
    let phi = d.node(Kind::Computed, (175.0, 255.0), 60.0, "φ");
    d.flow(phi, z);
    d.flow(z, f);
    d.gradient(f, z);
    d.blocked(z, phi);
    d.note("red", (75.0, 215.0), "blocked");
    d.note("note middle", (175.0, 305.0), "∂f/∂z is there, ∂z/∂φ is not: z was drawn");

    let f = d.node(Kind::Computed, (535.0, 75.0), 90.0, "f(z)");
    let z = d.node(Kind::Computed, (535.0, 165.0), 130.0, "z = T(ε; φ)");
    let phi = d.node(Kind::Computed, (535.0, 255.0), 60.0, "φ");
    let noise = d.node(Kind::Noise, (660.0, 165.0), 76.0, "ε ~ p(ε)");
    d.flow(phi, z);
    d.flow(noise, z);
    d.flow(z, f);
    d.gradient(f, z);
    d.gradient(z, phi);
    d.note("red", (428.0, 125.0), "∂f/∂z");
    d.note("red", (428.0, 215.0), "∂T/∂φ");
    d.note("note middle", (535.0, 305.0), "the noise enters from the side, and knows nothing of φ");
    assert_drawn("trick.svg", &d.finish());
}

#[test]
fn one_pass_of_an_autoencoder() {
    let mut d = Diagram::new("One pass through a variational autoencoder", 760.0, 250.0);
    let y = 110.0;
    let x = d.node(Kind::Computed, (40.0, y), 48.0, "x");
    let encoder = d.node(Kind::Computed, (140.0, y), 88.0, "encoder");
    let posterior = d.node(Kind::Computed, (260.0, y), 86.0, "μ, log σ²");
    let z = d.node(Kind::Computed, (400.0, y), 104.0, "z = μ + σ ε");
    let decoder = d.node(Kind::Computed, (530.0, y), 88.0, "decoder");
    let likelihood = d.node(Kind::Computed, (670.0, y), 110.0, "log p(x | z)");
    let noise = d.node(Kind::Noise, (400.0, 32.0), 104.0, "ε ~ N(0, 1)");
    let kl = d.node(Kind::Computed, (260.0, 200.0), 170.0, "KL(q(z | x) ‖ p(z))");
    let elbo = d.node(Kind::Computed, (670.0, 200.0), 80.0, "ELBO");
    for (from, to) in [
        (x, encoder),
        (encoder, posterior),
        (posterior, z),
        (noise, z),
        (z, decoder),
        (decoder, likelihood),
        (posterior, kl),
        (kl, elbo),
        (likelihood, elbo),
    ] {
        d.flow(from, to);
    }
    for (from, to) in [
        (elbo, likelihood),
        (likelihood, decoder),
        (decoder, z),
        (z, posterior),
        (posterior, encoder),
        (elbo, kl),
        (kl, posterior),
    ] {
        d.gradient(from, to);
    }
    d.note("note middle", (465.0, 190.0), "−");
    assert_drawn("autoencoder.svg", &d.finish());
}
