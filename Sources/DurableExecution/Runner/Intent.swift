/// What `intend` came to for one call.
public enum Intent<A: RemoteActivity>: Sendable {
  /// Ours to settle.
  case owned(OwnedIntent<A>)
  case answered(ActivityOutcome<A.Key.Response>)

  public var owned: OwnedIntent<A>? {
    if case .owned(let intent) = self { intent } else { nil }
  }
}

/// A committed intent: the key is PENDING under our epoch.
public struct OwnedIntent<A: RemoteActivity>: Sendable {
  public let call: OwnedCall<A.Request>
  public let lineage: Lineage
  /// Somebody before us may have acted: ask before anything is sent.
  public let isTakeover: Bool
  /// By our own clock: until when nobody else may have the lease. Past it nothing is sent.
  let leaseEnds: ContinuousClock.Instant
  let previous: KeyRecord?
}

/// An intent after the other system was told, or asked.
public struct SettledIntent<A: RemoteActivity>: Sendable {
  public let intent: OwnedIntent<A>
  /// The key the intent is on record under.
  public var key: KeyText { intent.call.record.key }
  public let result: RemoteReply<A.Receipt>
}
