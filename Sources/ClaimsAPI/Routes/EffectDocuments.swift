import DurableExecution
import Foundation

/// Asks for a key.
struct AcquireDocument: RequestDocument {
  let key: String
  /// SHA-256 of the request, as the agent writes it canonically.
  let fingerprint: String
  let leaseSeconds: Int?
  let retention: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case key, fingerprint, retention
    case leaseSeconds = "lease_seconds"
  }

  /// - Throws: `APIProblem.malformed`.
  func checkedFingerprint() throws(APIProblem) -> Fingerprint {
    guard fingerprint.utf8.count == 64, fingerprint.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
      throw .malformed("fingerprint must be SHA-256 of the request in 64 lowercase hex digits")
    }
    return Fingerprint(hex: fingerprint)
  }

  /// - Throws: `APIProblem.malformed`.
  func keptFor() throws(APIProblem) -> Retention {
    try retention?.checkedRetention() ?? .workflow
  }
}

/// Reports the outcome of an effect.
struct OutcomeDocument: RequestDocument {
  let key: String
  let epoch: Int64
  let status: Int?
  let contentType: String?
  let body: String?
  let bodyBase64: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case key, epoch, status, body
    case contentType = "content_type"
    case bodyBase64 = "body_base64"
  }

  /// - Parameter standard: the status of an outcome that names none.
  /// - Throws: `APIProblem.malformed`.
  func response(standard: Int) throws(APIProblem) -> StoredResponse {
    let status = status ?? standard
    guard (200...599).contains(status) else { throw .malformed("status must be from 200 to 599") }
    let bytes = try bytes()
    if APIAnswer.statusesWithoutBody.contains(status) {
      guard bytes?.isEmpty ?? true else { throw .malformed("a response with status \(status) has no body") }
    } else if bytes == nil {
      throw .malformed("send body, or body_base64")
    }
    let type = contentType ?? "application/json"
    guard (1...200).contains(type.utf8.count), type.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw .malformed("content_type must be a media type")
    }
    return StoredResponse(bytes: bytes ?? [], contentType: type, status: status)
  }

  private func bytes() throws(APIProblem) -> [UInt8]? {
    guard body == nil || bodyBase64 == nil else { throw .malformed("send body, or body_base64") }
    if let body { return Array(body.utf8) }
    guard let bodyBase64 else { return nil }
    // Base64 has several texts for some bytes; only the canonical one is accepted.
    guard let data = Data(base64Encoded: bodyBase64), data.base64EncodedString() == bodyBase64 else {
      throw .malformed("body_base64 is not base64")
    }
    return Array(data)
  }
}

/// Names a key that the caller owns.
struct OwnedDocument: RequestDocument {
  let key: String
  let epoch: Int64
  let leaseSeconds: Int?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case key, epoch
    case leaseSeconds = "lease_seconds"
  }
}

/// Names a key.
struct KeyDocument: RequestDocument {
  let key: String

  enum CodingKeys: String, CodingKey, CaseIterable { case key }
}

extension Int? {
  /// The length of a lease in seconds; half a minute where none is asked for.
  ///
  /// - Throws: `APIProblem.malformed`.
  func lease() throws(APIProblem) -> Duration {
    let seconds = self ?? 30
    guard (1...3_600).contains(seconds) else { throw .malformed("lease_seconds must be from 1 to 3600") }
    return .seconds(seconds)
  }
}

extension String {
  /// The key in the store of a caller's key.
  ///
  /// - Throws: `APIProblem.malformed`.
  func scoped(to caller: Caller) throws(APIProblem) -> KeyText {
    guard isFitForKey else {
      throw .malformed("a key or a name must be 1 to 500 printable ASCII characters")
    }
    return KeyText(effect: "ext", segments: [caller.name, self])
  }

  var isFitForKey: Bool { (1...500).contains(utf8.count) && utf8.allSatisfy { (0x20...0x7E).contains($0) } }

  /// - Throws: `APIProblem.malformed`.
  func checkedRetention() throws(APIProblem) -> Retention {
    guard let retention = Retention(rawValue: self) else {
      throw .malformed("retention must be \(Retention.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return retention
  }
}

extension KeyText {
  /// The caller's key of a key in the store.
  var unscoped: String { segments.last ?? text }
}
