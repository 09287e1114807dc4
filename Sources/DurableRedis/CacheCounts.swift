import DurableSQL

/// What a cache was good for.
package struct CacheCounts: Hashable, Sendable {
  /// Keys it took for new.
  package var unseen = 0
  /// Keys it had a response of.
  package var responses = 0
  /// Keys it had only been asked for before.
  package var seen = 0
  /// What it said and the store did not bear out.
  package var wrong = 0

  package init(unseen: Int = 0, responses: Int = 0) {
    self.unseen = unseen
    self.responses = responses
  }

  mutating func note(_ sightings: some Sequence<KeySighting>) {
    for sighting in sightings {
      switch sighting {
      case .unseen: unseen += 1
      case .seen: seen += 1
      case .response: responses += 1
      }
    }
  }
}
