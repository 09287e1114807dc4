import DurableExecution
import Foundation
import GRDB

// One record as a row of `effect_keys` or `archived_keys`.
extension KeyRecord {
  init(row: Row, isArchived: Bool) throws {
    let key = KeyText(row["key"])
    guard let retention = Retention(rawValue: row["retention"]) else {
      throw StoreFailure.corrupt("key \(key.digest.prefix(16)) has an unknown retention")
    }
    self.init(
      key: key, state: try Self.state(of: row, key: key), fingerprint: Fingerprint(hex: row["fingerprint"]),
      agent: AgentVersion(row["agent"], row["agent_version"]), epoch: Epoch(row["epoch"]), attempts: row["attempts"],
      root: KeyText(row["root_key"]), parent: row["parent_key"], childKey: row["child_key"],
      lamport: LamportTime(row["lamport"]), retention: retention,
      createdAt: Timestamp(microseconds: row["created_at"]), expiresAt: Timestamp(microseconds: row["expires_at"]),
      isArchived: isArchived)
  }

  private static func state(of row: Row, key: KeyText) throws -> State {
    let status = KeyStatus(rawValue: row["status"])
    if status == .pending, let owner: String = row["lease_owner"], let expires: Int64 = row["lease_expires"] {
      return .pending(Lease(owner: WorkerID(owner), expiresAt: Timestamp(microseconds: expires)))
    }
    guard let status, status != .pending, let bytes: Data = row["response"], let type: String = row["content_type"],
      let code: Int = row["response_status"], let digest: String = row["response_digest"],
      let completed: Int64 = row["completed_at"]
    else { throw StoreFailure.corrupt("key \(key.digest.prefix(16)) is neither pending nor done") }
    let response = StoredResponse(bytes: [UInt8](bytes), contentType: type, status: code, digest: digest)
    let at = Timestamp(microseconds: completed)
    return status == .completed ? .completed(response, at: at) : .failed(response, at: at)
  }

  var insertArguments: StatementArguments {
    [
      key.text, status.rawValue, fingerprint.hex, response.map { Data($0.bytes) }, response?.contentType,
      response?.status, response?.digest, agent.name, agent.version, epoch.number, lease?.owner.text,
      lease?.expiresAt.microseconds, attempts, root.text, parent, childKey, lamport.count, retention.rawValue,
      createdAt.microseconds, completedAt?.microseconds, expiresAt.microseconds, key.effect,
    ]
  }

  fileprivate var lease: Lease? {
    if case .pending(let lease) = state { lease } else { nil }
  }

  fileprivate var completedAt: Timestamp? {
    switch state {
    case .pending: nil
    case .completed(_, let at), .failed(_, let at): at
    }
  }
}

extension RecordChange {
  var arguments: StatementArguments {
    [
      to.status.rawValue, to.response.map { Data($0.bytes) }, to.response?.contentType, to.response?.status,
      to.response?.digest, to.agent.name, to.agent.version, to.epoch.number, to.lease?.owner.text,
      to.lease?.expiresAt.microseconds, to.attempts, to.lamport.count, to.completedAt?.microseconds,
      to.expiresAt.microseconds, from.key.text, from.epoch.number, from.status.rawValue,
    ]
  }
}
