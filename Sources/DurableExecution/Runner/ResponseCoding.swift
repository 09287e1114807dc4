import Foundation

/// Converts responses to and from stored bytes. Values are written as canonical JSON and read by Foundation's decoder;
/// documents are stored unchanged.
enum ResponseCoding {
  private static let decoder = JSONDecoder()

  static func decode<Response: Decodable>(
    _ type: Response.Type, from bytes: [UInt8], of key: KeyText, _ what: String = "the response"
  ) throws -> Response {
    if let document = type as? any VerbatimResponse.Type, let response = document.init(bytes: bytes) as? Response {
      return response
    }
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch {
      throw StoreFailure.corrupt("\(what) of key \(key.digest.prefix(16)) does not read as \(type)")
    }
  }

  static func stored(_ response: some Encodable) throws -> StoredResponse {
    if let document = response as? any VerbatimResponse {
      return StoredResponse(bytes: document.bytes, contentType: type(of: document).contentType, status: 200)
    }
    return StoredResponse(bytes: try CanonicalJSON.bytes(of: response), contentType: StoredResponse.json, status: 200)
  }
}

/// The stored form of a definitive refusal: RFC 9457 problem details.
struct StoredProblem: Codable {
  var type: String
  var title: String
  var status: Int

  private static let prefix = "urn:paidonce:problem:"

  init(_ failure: ActivityFailure) {
    type = Self.prefix + failure.code
    title = failure.message
    status = 422
  }

  var failure: ActivityFailure {
    .terminal(String(decoding: type.utf8.dropFirst(Self.prefix.utf8.count), as: UTF8.self), title)
  }

  static func decode(_ bytes: [UInt8], of key: KeyText) throws -> StoredProblem {
    try ResponseCoding.decode(StoredProblem.self, from: bytes, of: key)
  }

  func stored() throws -> StoredResponse {
    StoredResponse(
      bytes: try CanonicalJSON.bytes(of: self), contentType: StoredResponse.problem, status: status)
  }
}
