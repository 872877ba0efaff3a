//! What is kept from one composing to the next.

/// What is kept of a briefing from one composing to the next, so that an edit costs only the blocks that it touches.
#[derive(Debug, Default)]
pub struct Cache {}
