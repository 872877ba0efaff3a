//! How much is kept between compilations.
//!
//! Typst keeps the results of its functions by their inputs. Each edit adds some, so that a long document grows by tens
//! of megabytes an edit; forgetting what the last few compilations did not use keeps that in bounds.

/// Compilations after which an unused result is forgotten, for short documents: enough for undoing a few edits.
const PATIENT: usize = 10;

/// What the last two compilations did not use is forgotten at once.
const STRICT: usize = 2;

/// Pages times compilations to keep.
const BUDGET: usize = 200;

/// Returns for how many compilations an unused result is kept.
pub(super) fn max_age(pages: usize, resident: Option<u64>, limit: Option<u64>) -> usize {
    let age = (BUDGET / pages.max(1)).clamp(STRICT, PATIENT);
    match (resident, limit) {
        (Some(resident), Some(limit)) if resident > limit / 4 * 3 => 0,
        (Some(resident), Some(limit)) if resident > limit / 2 => 1,
        _ => age,
    }
}

/// Returns the bytes of memory that this process occupies, where the platform says so.
pub(super) fn resident() -> Option<u64> {
    const PAGE: u64 = 4096;
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse::<u64>().ok()?;
    Some(pages * PAGE)
}

#[cfg(test)]
mod tests {
    use super::max_age;

    #[test]
    fn long_documents_and_full_memory_keep_less() {
        assert_eq!(max_age(0, None, None), 10);
        assert_eq!(max_age(50, Some(100), Some(1000)), 4);
        assert_eq!(max_age(187, None, None), 2);
        assert_eq!(max_age(10, Some(600), Some(1000)), 1);
        assert_eq!(max_age(10, Some(800), Some(1000)), 0);
    }
}
