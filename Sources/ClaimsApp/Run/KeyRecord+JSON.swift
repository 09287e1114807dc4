package import ClaimFormats
package import DurableExecution

extension KeyRecord {
  /// Whether the key belongs to a claim. Keys of HTTP requests, locks and external effects belong to their callers.
  package var isOfClaims: Bool { !["", "http", "ext", "lock", "prepared", "tracking"].contains(key.effect) }

  /// Writes all that is kept about the key, except for the bytes of its response.
  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("key", key.text)
      json.member("status", status.rawValue)
      json.member("agent", agent.description)
      json.member("epoch", Int(epoch.number))
      json.member("attempts", attempts)
      json.member("fingerprint", fingerprint.hex)
      json.member("tracking_id", trackingID.text)
      json.member("root", root.text)
      json.member("parent", parent)
      json.member("created_at", createdAt.iso8601)
      json.member("expires_at", expiresAt.iso8601)
      json.member("is_archived", isArchived)
      switch state {
      case .pending(let lease):
        json.member("lease_owner", lease.owner.text)
        json.member("lease_ends_at", lease.expiresAt.iso8601)
      case .completed(let response, let at), .failed(let response, let at):
        json.member("closed_at", at.iso8601)
        json.key("response")
        json.object { json in
          json.member("status", response.status)
          json.member("content_type", response.contentType)
          json.member("bytes", response.bytes.count)
          json.member("sha256", response.digest)
        }
      }
    }
  }
}
