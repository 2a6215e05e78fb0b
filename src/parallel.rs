//! Work on all cores whose results come in the order of the work. Knows nothing of what the work is.

use std::collections::BTreeMap;

/// Items are handed to a thread together until they weigh this much, so that small ones do not cost a hand-over each.
const BATCH_WEIGHT: usize = 128 << 10;

/// What an item weighs besides.
const ITEM_WEIGHT: usize = 512;

/// How many batches may be under way for each thread: enough that a slow one does not stop the others.
const N_UNDER_WAY: usize = 4;

/// Runs `map` on `n_threads` threads over the items that `produce` hands out, and `consume` on this thread over the results,
/// in the order of the items. Only so many items are under way at once, however many there are.
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
    map: impl Fn(I) -> O + Sync,
    mut consume: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let n_threads = n_threads.max(1);
    let (work, batches) = crossbeam_channel::unbounded::<(u64, Vec<I>)>();
    let (done, results) = crossbeam_channel::unbounded::<(u64, Vec<O>)>();
    // A place for each batch under way: taken before it is handed out, given back when its results are consumed.
    let (taken, places) = crossbeam_channel::bounded(N_UNDER_WAY * n_threads);
    let map = &map;
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            let (batches, done) = (batches.clone(), done.clone());
            scope.spawn(move || {
                for (number, batch) in batches {
                    if done
                        .send((number, batch.into_iter().map(map).collect()))
                        .is_err()
                    {
                        return;
                    }
                }
            });
        }
        drop((batches, done));
        scope.spawn(move || {
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
        });
        // Owned here, so that an error drops both ends that the other threads wait for, and they end.
        let (results, places) = (results, places);
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
                |item| item * 2,
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
            ordered(3, |_| BATCH_WEIGHT, produce, |item| item, consume),
            Err("enough")
        );
    }
}
