/// What `intend` came to for one call.
package enum Intent<A: RemoteActivity>: Sendable {
  /// Ours to settle.
  case owned(OwnedIntent<A>)
  case answered(ActivityOutcome<A.Key.Response>)

  package var owned: OwnedIntent<A>? {
    if case .owned(let intent) = self { intent } else { nil }
  }
}

/// A committed intent: the key is PENDING under our epoch.
package struct OwnedIntent<A: RemoteActivity>: Sendable {
  package let call: OwnedCall<A.Request>
  package let lineage: Lineage
  /// Somebody before us may have acted: ask before anything is sent.
  package let isTakeover: Bool
  /// By our own clock: until when nobody else may have the lease. Past it nothing is sent.
  let leaseEnds: ContinuousClock.Instant
  let previous: KeyRecord?
}

/// An intent after the other system was told, or asked.
package struct SettledIntent<A: RemoteActivity>: Sendable {
  package let intent: OwnedIntent<A>
  /// The key the intent is on record under.
  package var key: KeyText { intent.call.record.key }
  package let result: RemoteReply<A.Receipt>
}
