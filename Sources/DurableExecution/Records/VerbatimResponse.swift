/// A response that is a document of its own rather than a value: its bytes are stored as they are, and whoever replays
/// the key gets the document itself.
package protocol VerbatimResponse: Codable, Sendable {
  static var contentType: String { get }

  var bytes: [UInt8] { get }

  init(bytes: [UInt8])
}
