import ClaimsAPI
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import StrictText

/// The fields of a form that was sent, in either encoding that browsers have.
struct Form: Sendable {
  private var texts: [String: [String]] = [:]
  private(set) var files: [String: UploadedFile] = [:]

  /// The key that the form was given when its page was made: each sending of the form has the same.
  var key: String { self["form"] ?? "" }
  /// Proves that a page of the session has sent the form.
  var token: String { self["token"] ?? "" }

  /// The most bytes of a form without files.
  static let textLimit = 4 * 1024 * 1024

  /// - Throws: `APIProblem`, `NIOTooManyBytesError`.
  init(_ request: Request, upTo limit: Int) async throws {
    let type = request.headers[.contentType] ?? ""
    let isUpload = type.lowercased().hasPrefix("multipart/form-data")
    let bytes = Array(
      try await request.body.collect(upTo: isUpload ? limit : min(limit, Self.textLimit)).readableBytesView)
    if isUpload {
      for part in try MultipartBody(bytes, contentType: type).parts {
        if let file = part.file { files[part.name] = file } else { try add(part.name, part.bytes) }
      }
    } else {
      try addFields(bytes)
    }
    guard (1...64).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw APIProblem.malformed("the form has no key; open its page again")
    }
  }

  /// Returns a field without the space around it; nil if it is empty or not there.
  subscript(_ name: String) -> String? {
    let text = texts[name]?.first?.trimmingCharacters(in: .whitespacesAndNewlines)
    return text?.isEmpty == false ? text : nil
  }

  /// The checked values of a field that may have several.
  func all(_ name: String) -> [String] { texts[name] ?? [] }

  /// The names of the fields that begin with a prefix, without it, in order.
  func names(after prefix: String) -> [String] {
    texts.keys.filter { $0.hasPrefix(prefix) && self[$0] != nil }.map { String($0.dropFirst(prefix.count)) }.sorted()
  }

  /// What makes the form the same form when it is sent again.
  var identity: [UInt8] {
    var hash = SHA256()
    func update(_ text: String) { hash.update(data: Data("\(text.utf8.count):\(text)".utf8)) }
    for (name, values) in texts.sorted(by: { $0.key < $1.key }) where name != "token" {
      update(name)
      values.forEach(update)
    }
    for (name, file) in files.sorted(by: { $0.key < $1.key }) {
      update(name)
      hash.update(data: file.bytes)
    }
    return Array(hash.finalize())
  }

  /// Reads `name=value&…` (application/x-www-form-urlencoded).
  private mutating func addFields(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self).replacing("+", with: "%20")
    guard let fields = URLComponents(string: "?\(text)", encodingInvalidCharacters: false)?.queryItems else {
      throw APIProblem.malformed("the body is not a form")
    }
    for field in fields { try add(field.name, Array((field.value ?? "").utf8)) }
  }

  private mutating func add(_ name: String, _ bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self),
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F || "\r\n\t".unicodeScalars.contains($0) })
    else { throw APIProblem.malformed("a field of the form has characters that no text has") }
    texts[name, default: []].append(text)
  }
}

/// A file that a form brings.
struct UploadedFile: Hashable, Sendable {
  /// As the browser gives it; for people only.
  let name: String
  let bytes: [UInt8]
}
