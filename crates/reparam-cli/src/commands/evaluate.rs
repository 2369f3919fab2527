//! `reparam evaluate`: how good a model is on rows that it was not trained on.

use std::fmt::Write as _;

use clap::Args;
use serde_json::json;

use crate::args::{DataArgs, RunArgs};
use crate::config::Binarize;
use crate::console::{self, Console};
use crate::data::Layout;
use crate::error::Result;
use crate::measure::Estimate;
use crate::opened::Opened;
use crate::seeds::{Site, stream};
use crate::wording::counted;

/// Measure a model on held-out rows: the bound and its terms, log p(x), active units
///
/// Examples:
///   reparam evaluate last
///   reparam evaluate runs/wine-1 other.csv --importance 1000 --json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct EvaluateArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// Draws per row of the importance-weighted estimate of log p(x)
    #[arg(long, value_name = "K", default_value_t = 128, value_parser = clap::value_parser!(u32).range(1..))]
    pub importance: u32,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub json: bool,
    // Last, since its heading holds for what follows.
    #[command(flatten)]
    pub data: DataArgs,
}

/// A row less likely than this, in nats, is no row of the model's: it outweighs a hundred thousand others in a mean.
const FAR: f64 = -1e6;

impl EvaluateArgs {
    /// Prints the table or the object.
    pub fn run(self, console: &Console) -> Result<()> {
        let opened = Opened::new(&self.run, &self.data, console)?;
        let (measured, kind) = opened.measured();
        let (rows, net) = (opened.rows(), &opened.model.net);
        let site = stream(self.seed, Site::Use);
        let particles = self.importance as usize;
        let evidence = rows.evidence(net, &measured, particles, &site);
        // Of the divergence no draw is needed; the reconstruction is what the bound of the draws leaves it.
        let bound = rows.bound(net, &measured, 1, &mut site.clone());
        let reconstruction: Vec<f64> =
            evidence.elbo.iter().zip(&bound.kl).map(|(elbo, kl)| elbo + kl).collect();

        let odd = evidence.elbo.iter().filter(|elbo| **elbo < FAR).count();
        if odd > 0 {
            console.warn(&format!(
                "{} so far from what the model learned that the means say little about the others; `reparam score` names them",
                if odd == 1 { "1 row lies".into() } else { format!("{} lie", counted(odd, "row")) }
            ));
        }
        let active = bound.active_units();
        let latent = bound.kl_per_dim.len();
        let estimates = [
            ("elbo", "ELBO".to_owned(), Estimate::of(&evidence.elbo)),
            ("reconstruction", "reconstruction".to_owned(), Estimate::of(&reconstruction)),
            ("kl", "KL".to_owned(), Estimate::of(&bound.kl)),
            ("log_evidence", format!("log p(x), {particles} draws"), Estimate::of(&evidence.log_p)),
        ];
        if self.json {
            let mut object = json!({
                "rows": measured.len(), "active_units": active, "latent_dim": latent,
                "importance": particles, "seed": self.seed, "kl_per_dim": bound.kl_per_dim,
            });
            for (key, _, estimate) in &estimates {
                object[*key] = json!(estimate);
            }
            return console::output(format!("{object}\n").as_bytes());
        }
        let mut table = format!("{}, nats per row\n", counted(measured.len(), kind));
        for (_, name, Estimate { mean, se }) in &estimates {
            let error = se.map_or_else(String::new, |se| format!(" ± {se:.3}"));
            let _ = writeln!(table, "{name:<24}{mean:>12.3}{error}");
        }
        let binary = opened.model.config.data.binarize != Binarize::None;
        if let (true, Layout::Image { height, width, channels, .. }) =
            (binary, opened.model.preprocess.layout)
        {
            let pixels = (height * width * channels) as f64;
            let bits = -estimates[3].2.mean / pixels / std::f64::consts::LN_2;
            let _ = writeln!(table, "{:<24}{bits:>12.4}", "bits per pixel, at most");
        }
        let units = format!("{active} of {latent}");
        let _ = writeln!(table, "{:<24}{units:>12}", "active latent dimensions");
        console::output(table.as_bytes())
    }
}
