package import DurableExecution

/// A row of the keys as it stands, believed in nothing: `KeyRecord` is what the writing side may make, this is what is
/// there.
package struct KeyRow: Hashable, Sendable {
  package var key: KeyText
  package var effect: String
  /// Nil for a word that is none of ours.
  package var status: KeyStatus?
  package var fingerprint: String
  package var response: [UInt8]?
  package var contentType: String?
  package var responseStatus: Int?
  package var responseDigest: String?
  package var epoch: Epoch
  package var hasLease: Bool
  package var isFinished: Bool
  package var parent: String?
  package var childKey: String?
  package var lamport: LamportTime
  package var isArchived: Bool

  package init(
    key: KeyText, effect: String, status: KeyStatus?, fingerprint: String, response: [UInt8]?, contentType: String?,
    responseStatus: Int?, responseDigest: String?, epoch: Epoch, hasLease: Bool, isFinished: Bool, parent: String?,
    childKey: String?, lamport: LamportTime, isArchived: Bool
  ) {
    self.key = key
    self.effect = effect
    self.status = status
    self.fingerprint = fingerprint
    self.response = response
    self.contentType = contentType
    self.responseStatus = responseStatus
    self.responseDigest = responseDigest
    self.epoch = epoch
    self.hasLease = hasLease
    self.isFinished = isFinished
    self.parent = parent
    self.childKey = childKey
    self.lamport = lamport
    self.isArchived = isArchived
  }

  /// What steps below this one name as their parent.
  var lineageName: String { childKey ?? key.text }
}

/// An answer that no longer holds, kept for the decisions that rest on it.
package struct RetiredAnswer: Hashable, Sendable {
  package var key: KeyText
  package var response: [UInt8]
  package var responseDigest: String

  package init(key: KeyText, response: [UInt8], responseDigest: String) {
    self.key = key
    self.response = response
    self.responseDigest = responseDigest
  }
}
