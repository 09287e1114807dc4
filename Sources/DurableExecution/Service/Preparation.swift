/// What an owner puts on record before it acts: the id under which another system will know the work.
///
/// Under the key itself there is one event, that of the outcome. A preparation is therefore a local effect under a key
/// of its own, made from the owner's key and epoch. Its record, response and event commit together, so an owner
/// prepares once, and repeats get the first answer. The event is in the stream of the owner's key, where the next owner
/// finds it. A second key, made from the tracking id, names the key that the id belongs to.
package struct Preparation: Codable, Hashable, Sendable {
  /// The epoch of the owner that prepared.
  package let epoch: Epoch
  package let trackingID: TrackingID
  private let outcome: String

  init(epoch: Epoch, trackingID: TrackingID) {
    self.epoch = epoch
    self.trackingID = trackingID
    outcome = "prepared"
  }

  enum CodingKeys: String, CodingKey {
    case epoch, outcome
    case trackingID = "tracking_id"
  }

  static let effect = "prepared"
  static let eventType = "effect-prepared"

  /// The key of an owner's preparation. The owner's key may be long, so only its digest is part of it.
  static func key(of key: KeyText, epoch: Epoch) -> KeyText {
    KeyText(effect: effect, segments: [key.digest, "\(epoch)"])
  }
}

/// The key that a tracking id belongs to. No other key is prepared under the id.
struct TrackedKey: Codable {
  let key: String

  static let effect = "tracking"
  static let eventType = "tracking-id-assigned"

  static func key(of id: TrackingID, in scope: String) -> KeyText {
    KeyText(effect: effect, segments: [scope, id.text])
  }
}

/// A request to put on record what an owner is about to do at another system.
package struct PrepareRequest: Sendable {
  package let key: KeyText
  package let epoch: Epoch
  /// The id under which the other system will know the work; nil for the one of the last preparation, or else the one
  /// that is derived from the key.
  package let trackingID: TrackingID?
  /// The id of the last preparation, if the owner has asked the other system about it and knows that nothing was done
  /// under it, and that nothing will be.
  package let replacing: TrackingID?
  /// A tracking id is unique within its scope.
  package let scope: String

  package init(
    key: KeyText, epoch: Epoch, trackingID: TrackingID? = nil, replacing: TrackingID? = nil, scope: String
  ) {
    self.key = key
    self.epoch = epoch
    self.trackingID = trackingID
    self.replacing = replacing
    self.scope = scope
  }

  enum Decision: Hashable {
    /// Write the preparation under this id, unless the id belongs to another key.
    case prepare(TrackingID)
    case answer(PrepareAnswer)
  }

  /// Decides about the request. As for a report, the end of the lease does not matter.
  ///
  /// - Parameters:
  ///   - own: the record of the preparation that was made under this epoch.
  ///   - last: the last preparation of the key, by any owner.
  /// - Throws: `StoreFailure.corrupt` if the stored preparation is not the one that was written.
  func decision(on record: KeyRecord, own: KeyRecord?, last: Preparation?) throws -> Decision {
    guard record.epoch == epoch, !record.isReleased else { return .answer(.refused(.fenced)) }
    if let own {
      let (made, response) = try own.preparation()
      let isRepeat = trackingID == nil || trackingID == made.trackingID
      return .answer(isRepeat ? .prepared(response, isRepeat: true) : .refused(.preparedOtherwise))
    }
    guard case .pending = record.state else { return .answer(.refused(.closed)) }
    if replacing != nil, replacing != last?.trackingID { return .answer(.refused(.nothingToReplace)) }
    let id = trackingID ?? last?.trackingID ?? record.trackingID
    if let last, last.trackingID != id, replacing == nil { return .answer(.refused(.inDoubt)) }
    return .prepare(id)
  }
}

/// The answer to a request to prepare.
package enum PrepareAnswer: Hashable, Sendable {
  /// The preparation is on record, from now on or since the same request came before. The response is that of the first
  /// request.
  case prepared(StoredResponse, isRepeat: Bool)
  /// Nothing was changed.
  case refused(PrepareRefusal)
}

/// The reason that a preparation is not put on record.
package enum PrepareRefusal: Hashable, Sendable {
  /// The epoch is not the key's current one: another owner has the key, or had it last.
  case fenced
  case unknownKey
  /// The key has its outcome already.
  case closed
  /// The owner has prepared under another tracking id.
  case preparedOtherwise
  /// An earlier owner has prepared under another tracking id, and may have acted under it.
  case inDoubt
  /// The id to be replaced is not that of the last preparation.
  case nothingToReplace
  /// The tracking id belongs to another key.
  case trackingIDInUse
}

extension KeyRecord {
  /// Returns the preparation that is recorded under this key, and its bytes.
  ///
  /// - Throws: `StoreFailure.corrupt`.
  func preparation() throws -> (made: Preparation, response: StoredResponse) {
    let response = try requiredResponse()
    return (try ResponseCoding.decode(Preparation.self, from: response.bytes, of: key), response)
  }

  /// Returns the key that the tracking id of this record belongs to.
  ///
  /// - Throws: `StoreFailure.corrupt`.
  func trackedKey() throws -> KeyText {
    KeyText(try ResponseCoding.decode(TrackedKey.self, from: try requiredResponse().bytes, of: key).key)
  }

  private func requiredResponse() throws(StoreFailure) -> StoredResponse {
    guard let response = try intactResponse() else {
      throw .corrupt("key \(key.digest.prefix(16)) has no response")
    }
    return response
  }
}
