import ClaimFormats
import DurableExecution
import HTTPTypes
import Hummingbird
import NIOCore

/// What a route answers: bytes that are kept and sent again if the answer is final.
struct APIAnswer: Sendable {
  let status: Int
  let contentType: String
  let bytes: [UInt8]
  /// Whether the request is done. An answer that is not final is not kept: the same request goes on where this one stopped.
  var isFinal = true
  var retryAfter: Int?
  /// What is kept of the answer in place of all of it, where a part is shown only once.
  var keptBytes: [UInt8]?

  static func json(_ status: Int = 200, _ write: (inout OrderedJSON) throws -> Void) rethrows -> APIAnswer {
    var json = OrderedJSON()
    try write(&json)
    return APIAnswer(status: status, contentType: "application/json", bytes: json.bytes)
  }

  init(status: Int, contentType: String, bytes: [UInt8], isFinal: Bool = true, retryAfter: Int? = nil) {
    (self.status, self.contentType, self.bytes) = (status, contentType, bytes)
    (self.isFinal, self.retryAfter) = (isFinal, retryAfter)
  }

  init(_ stored: StoredResponse) {
    self.init(status: stored.status, contentType: stored.contentType, bytes: stored.bytes)
  }

  /// The statuses whose responses have no body (RFC 9110).
  static let statusesWithoutBody: Set<Int> = [204, 205, 304]

  var stored: StoredResponse { StoredResponse(bytes: keptBytes ?? bytes, contentType: contentType, status: status) }

  func response(isReplay: Bool = false) -> Response {
    var headers: HTTPFields = [.contentType: contentType, .xContentTypeOptions: "nosniff"]
    if isReplay { headers[.idempotentReplay] = "true" }
    if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
    // A client takes bytes after such a head as the next answer.
    let hasBody = !Self.statusesWithoutBody.contains(status)
    return Response(
      status: .init(code: status), headers: headers,
      body: hasBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)) : ResponseBody())
  }
}
