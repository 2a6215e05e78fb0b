//! Work on all cores: a row of items whose results come in their order, and two things side by side. Knows nothing of what the
//! work is.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::thread::Builder;

/// Items are handed to a thread together until they weigh this much, so that small ones do not cost a hand-over each.
const BATCH_WEIGHT: usize = 128 << 10;

/// What an item weighs besides.
const ITEM_WEIGHT: usize = 512;

/// How many batches may be under way for each thread: enough that a slow one does not stop the others.
const N_UNDER_WAY: usize = 4;

/// Runs `map` on `n_threads` threads over the items that `produce` hands out, some of them together, and `consume` on this
/// thread over what it makes of them, in the order of the items. Only so many items are under way at once, however many
/// there are.
///
/// Where the system starts fewer threads, the work is done by those that there are, were it this one alone.
///
/// The function that `produce` gets takes an item and says whether more are wanted; `weight` is an item's size in bytes.
///
/// # Errors
///
/// The first error of `consume`; the others stop soon after.
pub fn ordered<I: Send, O: Send, E>(
    n_threads: usize,
    weight: fn(&I) -> usize,
    produce: impl FnOnce(&mut dyn FnMut(I) -> bool) + Send,
    map: impl Fn(Vec<I>) -> Vec<O> + Sync,
    consume: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    on_threads(Builder::new, n_threads, weight, produce, map, consume)
}

fn on_threads<I: Send, O: Send, E>(
    builder: fn() -> Builder,
    n_threads: usize,
    weight: fn(&I) -> usize,
    produce: impl FnOnce(&mut dyn FnMut(I) -> bool) + Send,
    map: impl Fn(Vec<I>) -> Vec<O> + Sync,
    mut consume: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let n_threads = n_threads.max(1);
    let (work, batches) = crossbeam_channel::unbounded::<(u64, Vec<I>)>();
    let (done, results) = crossbeam_channel::unbounded::<(u64, Vec<O>)>();
    // A place for each batch under way: taken before it is handed out, given back when its results are consumed.
    let (taken, places) = crossbeam_channel::bounded(N_UNDER_WAY * n_threads);
    let map = &map;
    // Taken by the thread that runs it, which may be none of those to be started.
    let produce = Mutex::new(Some(produce));
    let take = || {
        produce
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    };
    std::thread::scope(|scope| {
        let mut n_started = 0;
        for _ in 0..n_threads {
            let (batches, done) = (batches.clone(), done.clone());
            let worker = builder().spawn_scoped(scope, move || {
                for (number, batch) in batches {
                    if done.send((number, map(batch))).is_err() {
                        return;
                    }
                }
            });
            n_started += usize::from(worker.is_ok());
        }
        drop((batches, done));
        // The ends that the others wait at go with it.
        let producer = move || {
            let Some(produce) = take() else { return };
            let (mut batch, mut batch_weight, mut number) = (Vec::new(), 0, 0);
            let mut hand_out = |batch: Vec<I>| {
                number += 1;
                taken.send(()).is_ok() && work.send((number - 1, batch)).is_ok()
            };
            produce(&mut |item| {
                batch_weight += ITEM_WEIGHT + weight(&item);
                batch.push(item);
                if batch_weight < BATCH_WEIGHT {
                    return true;
                }
                batch_weight = 0;
                hand_out(std::mem::take(&mut batch))
            });
            hand_out(batch);
        };
        // Owned here, so that an error drops both ends that the other threads wait for, and they end.
        let (results, places) = (results, places);
        let is_parallel = n_started > 0 && builder().spawn_scoped(scope, producer).is_ok();
        if let Some(produce) = (!is_parallel).then(take).flatten() {
            return alone(produce, map, consume);
        }
        let mut early: BTreeMap<u64, Vec<O>> = BTreeMap::new();
        let mut next = 0;
        for (number, batch) in results {
            early.insert(number, batch);
            while let Some(batch) = early.remove(&next) {
                next += 1;
                // A batch that came had taken a place.
                let _ = places.try_recv();
                for result in batch {
                    consume(result)?;
                }
            }
        }
        Ok(())
    })
}

/// Runs `beside` on a thread of its own while `here` runs on this one, and returns what both make. Where the system starts no
/// thread, this one does both.
pub fn both<A: Send, B>(beside: fn() -> A, here: impl FnOnce() -> B) -> (A, B) {
    both_on(Builder::new(), beside, here)
}

fn both_on<A: Send, B>(builder: Builder, beside: fn() -> A, here: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let other = builder.spawn_scoped(scope, beside);
        let here = here();
        let beside = match other.map(|thread| thread.join()) {
            Ok(Ok(made)) => made,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => beside(),
        };
        (beside, here)
    })
}

/// Does all of the work on this thread.
fn alone<I, O, E>(
    produce: impl FnOnce(&mut dyn FnMut(I) -> bool),
    map: impl Fn(Vec<I>) -> Vec<O>,
    mut consume: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let mut done = Ok(());
    produce(&mut |item| {
        if done.is_ok() {
            done = map(vec![item]).into_iter().try_for_each(&mut consume);
        }
        done.is_ok()
    });
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        for n_threads in [0, 1, 2, 7] {
            let mut results = Vec::new();
            let produce = |hand_out: &mut dyn FnMut(usize) -> bool| {
                for item in 0..1_000 {
                    assert!(hand_out(item));
                }
            };
            let consumed: Result<(), ()> = ordered(
                n_threads,
                |_| 10_000,
                produce,
                |items| items.into_iter().map(|item| item * 2).collect(),
                |result| {
                    results.push(result);
                    Ok(())
                },
            );
            assert_eq!(consumed, Ok(()));
            assert_eq!(results, (0..1_000).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_stops_all_threads() {
        let produce = |hand_out: &mut dyn FnMut(u64) -> bool| while hand_out(1) {};
        let mut n_consumed = 0;
        let consume = |_| {
            n_consumed += 1;
            if n_consumed > 100 {
                Err("enough")
            } else {
                Ok(())
            }
        };
        assert_eq!(
            ordered(3, |_| BATCH_WEIGHT, produce, |items| items, consume),
            Err("enough")
        );
    }

    #[test]
    fn both_are_made_with_and_without_a_thread() {
        assert_eq!(both(|| "names", || "words"), ("names", "words"));
        #[cfg(target_pointer_width = "64")]
        assert_eq!(
            both_on(Builder::new().stack_size(1 << 48), || "names", || "words"),
            ("names", "words")
        );
    }

    #[cfg(target_pointer_width = "64")]
    #[test]
    fn without_threads_the_work_is_done_all_the_same() {
        // No address space has room for such a stack.
        let too_large = || Builder::new().stack_size(1 << 48);
        let ordered = |most: usize| {
            let mut results = Vec::new();
            let produce = |hand_out: &mut dyn FnMut(usize) -> bool| {
                let _ = (0..100).all(hand_out);
            };
            let consume = |result| {
                results.push(result);
                if results.len() < most {
                    Ok(())
                } else {
                    Err("enough")
                }
            };
            let done = on_threads(
                too_large,
                3,
                |_| 1,
                produce,
                |items| items.into_iter().map(|item| item * 2).collect(),
                consume,
            );
            (done, results)
        };
        let doubled: Vec<usize> = (0..100).map(|item| item * 2).collect();
        assert_eq!(ordered(1_000), (Ok(()), doubled.clone()));
        assert_eq!(ordered(7), (Err("enough"), doubled[..7].to_vec()));
    }
}
