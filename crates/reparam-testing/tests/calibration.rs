//! The tests keep the rates that they state: each is run thousands of times on right and on wrong draws.
//!
//! Every count is itself judged by the exact binomial tail at 1e-9, so this file fails by chance less than once in a
//! hundred million seeds.

use reparam_testing::{
    BinomialTest, KolmogorovSmirnov, MeanTest, Moments, Rates, binomial_lower_tail, binomial_upper_tail,
};

const RATES: (f64, f64) = (0.02, 0.05);
const REPEATS: u64 = 4000;
const DRAWS: usize = 400;

/// `SplitMix64`: an addition and a mixer, with full period.
struct Uniform(u64);

impl Uniform {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn draws(&mut self) -> Vec<f64> {
        (0..DRAWS).map(|_| self.next()).collect()
    }
}

fn count(seed: u64, mut holds: impl FnMut(&mut Uniform) -> bool) -> u64 {
    let mut uniform = Uniform(seed);
    (0..REPEATS).map(|_| u64::from(holds(&mut uniform))).sum()
}

fn assert_at_most(name: &str, events: u64, rate: f64) {
    let tail = binomial_upper_tail(events, REPEATS, rate);
    assert!(tail > 1e-9, "{name}: {events} of {REPEATS} at a stated rate of {rate}");
}

fn assert_at_least(name: &str, events: u64, rate: f64) {
    let tail = binomial_lower_tail(events, REPEATS, rate);
    assert!(tail > 1e-9, "{name}: only {events} of {REPEATS}, the stated rate {rate} is far too cautious");
}

#[test]
fn the_mean_test_keeps_its_rates() {
    let test = MeanTest::new(Rates::new(RATES.0, RATES.1));
    let alarms = count(1, |u| test.check(&u.draws().into_iter().collect::<Moments>(), 0.5).is_err());
    assert_at_most("alarms", alarms, RATES.0 * 1.1);
    assert_at_least("alarms", alarms, RATES.0 * 0.9);
    let misses = count(2, |u| {
        let moments: Moments = u.draws().into_iter().collect();
        test.check(&moments, 0.5 + test.smallest_effect(&moments)).is_ok()
    });
    assert_at_most("misses", misses, RATES.1 * 1.1);
    assert_at_least("misses", misses, RATES.1 * 0.9);
}

#[test]
fn the_kolmogorov_smirnov_test_keeps_its_rates() {
    let test = KolmogorovSmirnov::new(Rates::new(RATES.0, RATES.1));
    let alarms = count(3, |u| test.check(&u.draws(), |x| x).is_err());
    assert_at_most("alarms", alarms, RATES.0);
    assert_at_least("alarms", alarms, RATES.0 * 0.5);
    // A share of the draws moved from below one half to above: the functions differ by it at one half.
    let effect = test.smallest_effect(DRAWS);
    let misses = count(4, |u| {
        let moved = |x: f64| if x < effect { x + 0.5 } else { x };
        let draws: Vec<f64> = u.draws().into_iter().map(moved).collect();
        test.check(&draws, |x| x).is_ok()
    });
    assert_at_most("misses", misses, RATES.1);
}

#[test]
fn the_binomial_test_keeps_its_rates() {
    let test = BinomialTest::new(Rates::new(RATES.0, RATES.1));
    let (trials, p) = (DRAWS as u64, 0.03);
    let successes = |u: &mut Uniform, p: f64| u.draws().into_iter().map(|x| u64::from(x < p)).sum::<u64>();
    let alarms = count(5, |u| test.check(successes(u, p), trials, p).is_err());
    assert_at_most("alarms", alarms, RATES.0);
    assert!(alarms > 0, "a test that never alarms tests nothing");
    let unseen = test.unseen(trials, p);
    for wrong in [unseen.low, unseen.high] {
        let misses = count(6, |u| test.check(successes(u, wrong), trials, p).is_ok());
        assert_at_most("misses", misses, RATES.1);
        assert_at_least("misses", misses, RATES.1);
    }
}
