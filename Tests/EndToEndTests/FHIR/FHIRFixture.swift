import Foundation

/// Files of fictional people in `Fixtures/fhir`.
enum FHIRFixture {
  static func text(_ name: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "Fixtures/fhir/\(name)"), encoding: .utf8)
  }

  /// Returns one resource that contains the resources of a Bundle: its first, or the first of a type.
  static func contained(in name: String, type: String) throws -> [String: Any] {
    let bundle = try JSONSerialization.jsonObject(with: Data(try text(name).utf8)) as? [String: Any] ?? [:]
    let resources = (bundle["entry"] as? [[String: Any]] ?? []).compactMap { $0["resource"] as? [String: Any] }
    guard var resource = resources.first(where: { $0["resourceType"] as? String == type }) else { return [:] }
    resource["contained"] = resources.filter { ($0["resourceType"] as? String) != type }.map { part in
      let id = "\(part["resourceType"] ?? "")-\(part["id"] ?? "")"
      return part.merging(["id": id]) { $1 }
    }
    let text = String(decoding: try JSONSerialization.data(withJSONObject: resource), as: UTF8.self)
    let local = text.replacing(/"reference":"([A-Za-z]+)\\?\/([a-z\-]+)"/) { "\"reference\":\"#\($0.1)-\($0.2)\"" }
    return try JSONSerialization.jsonObject(with: Data(local.utf8)) as? [String: Any] ?? [:]
  }

  static func bytes(_ resource: [String: Any]) throws -> [UInt8] {
    Array(try JSONSerialization.data(withJSONObject: resource))
  }
}
