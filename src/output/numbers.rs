//! Numbers as people read them.

/// `1,204,512`
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (digit_idx, digit) in digits.char_indices() {
        if digit_idx > 0 && (digits.len() - digit_idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 article`, `1,204 articles`
pub(super) fn counted(number: u64, thing: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {thing}{ending}", grouped(number))
}

/// `512 bytes`, `12.3 MB`
pub(super) fn size(bytes: u64) -> String {
    const UNITS: &[&str] = &["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return counted(bytes, "byte");
    }
    let mut size = bytes as f64 / 1000.0;
    let mut unit_idx = 0;
    // What would be rounded to 1000.0 belongs to the next unit.
    while size >= 999.95 && unit_idx + 1 < UNITS.len() {
        size /= 1000.0;
        unit_idx += 1;
    }
    format!("{size:.1} {}", UNITS[unit_idx])
}

/// `0.04 s`, `1.3 s`, `2 min 5 s`
pub(super) fn duration(seconds: f64) -> String {
    match seconds {
        ..0.1 => format!("{seconds:.2} s"),
        ..59.95 => format!("{seconds:.1} s"),
        _ => {
            let seconds = seconds.round() as u64;
            format!("{} min {} s", grouped(seconds / 60), seconds % 60)
        }
    }
}

/// Ascending numbers with runs drawn together: `#0, #2-4`.
pub(super) fn ordinals(numbers: &[usize]) -> String {
    let follows = |left: &usize, right: &usize| left + 1 == *right;
    let runs: Vec<String> = numbers
        .chunk_by(follows)
        .map(|run| match run {
            [.., last] if run.len() > 1 => format!("#{}-{last}", run[0]),
            _ => format!("#{}", run[0]),
        })
        .collect();
    runs.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1000), "1,000");
        assert_eq!(grouped(1_204_512), "1,204,512");
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(counted(0, "article"), "0 articles");
        assert_eq!(counted(1, "article"), "1 article");
        assert_eq!(counted(1204, "article"), "1,204 articles");
    }

    #[test]
    fn sizes() {
        assert_eq!(size(1), "1 byte");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1000), "1.0 kB");
        assert_eq!(size(999_949), "999.9 kB");
        assert_eq!(size(999_950), "1.0 MB");
        assert_eq!(size(12_345_678), "12.3 MB");
        assert_eq!(size(u64::MAX), "18446744.1 TB");
    }

    #[test]
    fn durations() {
        assert_eq!(duration(0.04), "0.04 s");
        assert_eq!(duration(1.26), "1.3 s");
        assert_eq!(duration(59.97), "1 min 0 s");
        assert_eq!(duration(125.0), "2 min 5 s");
        assert_eq!(duration(f64::NAN), "0 min 0 s");
    }

    #[test]
    fn runs_are_drawn_together() {
        assert_eq!(ordinals(&[]), "");
        assert_eq!(ordinals(&[7]), "#7");
        assert_eq!(ordinals(&[0, 2, 3, 4, 9]), "#0, #2-4, #9");
    }
}
