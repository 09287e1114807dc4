package import Foundation
import StrictText

/// One response of the bank, as it is stored, sent, and replayed: a repeat of an idempotency key gets exactly these
/// bytes.
package struct BankResponse: Hashable, Sendable {
  /// The HTTP status code.
  package let status: Int
  package let contentType: String
  package let body: Data
  /// Whether the response was stored by an earlier request; sent as `Idempotent-Replay: true`.
  package let isReplay: Bool
  /// The bank's signed receipt for the transfer that the response reports; nil if it reports none. It is sent beside the
  /// body.
  package var receipt: String?

  package init(status: Int, contentType: String, body: Data, isReplay: Bool = false, receipt: String? = nil) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.isReplay = isReplay
    self.receipt = receipt
  }

  package static func texts(_ status: Int, _ members: KeyValuePairs<String, String>) -> BankResponse {
    BankResponse(status: status, contentType: "application/json", body: FlatJSON.object(members))
  }

  package static func json(_ status: Int, _ document: some Encodable) throws -> BankResponse {
    BankResponse(status: status, contentType: "application/json", body: try encoder.encode(document))
  }

  /// - Parameter detail: one line for people, without names or account data.
  package static func problem(_ problem: BankProblem, _ detail: String) throws -> BankResponse {
    let document = ProblemDocument(problem, detail: detail)
    return BankResponse(
      status: problem.status, contentType: ProblemDocument.contentType, body: try encoder.encode(document))
  }

  /// Creates a response for a status that has no `BankProblem`: HTTP's own statuses, and those that a fault plan
  /// simulates.
  package static func other(_ status: Int, _ title: String, _ detail: String) throws -> BankResponse {
    let document = ProblemDocument(status: status, title: title, detail: detail)
    return BankResponse(
      status: status, contentType: ProblemDocument.contentType, body: try encoder.encode(document))
  }

  /// The document in the body; nil if the body has none or has JSON that two readers could interpret differently.
  package func document<Document: Decodable>(_ type: Document.Type) -> Document? {
    guard let body = try? StrictJSON.checked(Array(body)) else { return nil }
    return try? JSONDecoder().decode(type, from: Data(body))
  }

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}

/// A JSON object of strings, encoded by hand because a general encoder takes as long as the statements of a payment.
enum FlatJSON {
  /// - Parameter members: the members, written in this order so that the same response has the same bytes.
  static func object(_ members: KeyValuePairs<String, String>) -> Data {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    for (name, value) in members {
      bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
      quote(name, into: &bytes)
      bytes.append(UInt8(ascii: ":"))
      quote(value, into: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    return Data(bytes)
  }

  /// RFC 8259, section 7: the quotation mark, the backslash, and the control characters must be escaped.
  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        bytes += "\\u00".utf8
        bytes += [hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 0xF)]]
      default:
        bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}
