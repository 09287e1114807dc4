package import ClaimFormats
package import ClaimStore
import DurableExecution

extension WebhookReceiver {
  /// Writes the receiver, without its secret.
  package func write(to json: inout OrderedJSON, _ more: (inout OrderedJSON) -> Void = { _ in }) {
    json.object { json in
      json.member("id", id)
      json.member("url", url)
      json.key("types")
      json.array(types.isEmpty ? ["*"] : types.map(\.rawValue).sorted()) { $0.string($1) }
      json.member("added_at", addedAt.iso8601)
      more(&json)
    }
  }
}

extension WebhookDelivery {
  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("number", Int(number))
      json.member("receiver", receiver)
      json.member("webhook_id", key.digest)
      json.member("type", type)
      json.member("claim_intake_id", claimID)
      json.member("state", state.rawValue)
      json.member("attempts", attempts)
      json.member("answer", answer)
      json.member("created_at", createdAt.iso8601)
    }
  }
}
