//! Whether work grows as its input does and no faster, for tests with hostile input.
//!
//! Compared are two sizes in one run, by the CPU time of the thread: neither a slow machine nor other work on it tells against the
//! code.

use std::time::{Duration, Instant};

/// The larger input is so many times the smaller.
const FACTOR: usize = 8;

/// Linear work takes [`FACTOR`] times as long, a little more where memory is slower than the caches; quadratic work takes 64 times.
const MOST: u32 = 24;

/// Shorter times are noise.
const SHORTEST: Duration = Duration::from_millis(2);

/// Chance may spoil a round; it does not spoil each.
const ROUNDS: usize = 4;

/// Fails if work on `n` parts takes much more than eight times as long as on an eighth of them.
pub(crate) fn assert_linear<I, O>(
    name: &str,
    n: usize,
    input: impl Fn(usize) -> I,
    work: impl Fn(&I) -> O,
) {
    let (small, large) = (input(n / FACTOR), input(n));
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let took_small = time_of(|| work(&small));
        let took_large = time_of(|| work(&large));
        if took_large <= took_small.max(SHORTEST) * MOST {
            return;
        }
        times.push((took_small, took_large));
    }
    panic!("{name}: {FACTOR} times the input takes more than {MOST} times as long: {times:?}");
}

fn time_of<O>(work: impl FnOnce() -> O) -> Duration {
    let started = now();
    drop(work());
    now().saturating_sub(started)
}

/// The CPU time of the thread so far; the time by the clock where the system does not say.
fn now() -> Duration {
    thread_local!(static START: Instant = Instant::now());
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let on_cpu = schedule.and_then(|text| text.split(' ').next()?.parse().ok());
    on_cpu.map_or_else(|| START.with(Instant::elapsed), Duration::from_nanos)
}

#[test]
fn quadratic_work_is_told() {
    let work = |numbers: &Vec<usize>| {
        let pairs = numbers
            .iter()
            .flat_map(|number| numbers.iter().map(move |other| number ^ other));
        std::hint::black_box(pairs.fold(0, |sum, pair| std::hint::black_box(sum ^ pair)))
    };
    let input = |n: usize| (0..n).collect();
    let told = std::panic::catch_unwind(|| assert_linear("pairs", 4_000, input, work));
    assert!(told.is_err());
    assert_linear("sum", 1_000_000, input, |numbers: &Vec<usize>| {
        numbers.iter().fold(0, |sum, number| sum ^ number)
    });
}
