package import DurableExecution
package import DurableSQL
import Synchronization

/// A cache that gives false answers. The results must be the same as without a cache.
package final class LyingCache: ResponseCache {
  package enum Lie: CaseIterable, Sendable {
    /// Claims that no key has been seen.
    case allIsNew
    /// Claims that every key is done, with the bytes of another key.
    case allIsDone
    /// Alternates between both lies and the truth, depending on the key and on how often it was looked up.
    case mixed
  }

  private let lie: Lie
  private let state = Mutex(State())

  private struct State {
    var asked: [KeyText: Int] = [:]
    var told: [KeyText: [UInt8]] = [:]
    var wrong = 0
  }

  package init(_ lie: Lie) {
    self.lie = lie
  }

  /// The number of keys for which the store detected a lie.
  package var wrong: Int { state.withLock { $0.wrong } }

  package func sight(_ keys: [KeyText]) -> [KeyText: KeySighting] {
    state.withLock { state in
      var sightings: [KeyText: KeySighting] = [:]
      for key in keys {
        let turn = state.asked[key, default: 0]
        state.asked[key] = turn + 1
        sightings[key] = sighting(of: key, turn: turn + key.text.utf8.count, told: state.told)
      }
      return sightings
    }
  }

  private func sighting(of key: KeyText, turn: Int, told: [KeyText: [UInt8]]) -> KeySighting {
    switch (lie, turn % 4) {
    case (.allIsNew, _), (.mixed, 0): .unseen
    case (.allIsDone, _), (.mixed, 1): .response(told.values.first ?? Array("{}".utf8))
    case (.mixed, 2): .seen
    case (.mixed, _): told[key].map(KeySighting.response) ?? .seen
    }
  }

  package func remember(_ responses: [KeyText: [UInt8]]) {
    state.withLock { $0.told.merge(responses) { $1 } }
  }

  package func forget(_ key: KeyText) {
    state.withLock { $0.told[key] = nil }
  }

  package func wasWrong(of keys: Int) {
    state.withLock { $0.wrong += keys }
  }
}
