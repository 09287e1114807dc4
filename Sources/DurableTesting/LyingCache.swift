package import DurableExecution
package import DurableSQL
import Synchronization

/// A cache that says what is not so. What comes of it has to be what comes of no cache at all.
package final class LyingCache: ResponseCache {
  package enum Lie: CaseIterable, Sendable {
    /// Nobody has ever asked for any key.
    case allIsNew
    /// Every key is done, with bytes of somebody else.
    case allIsDone
    /// Now one, now the other, now the truth, by the key and by how often it was asked.
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

  /// How often the store found it out.
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
