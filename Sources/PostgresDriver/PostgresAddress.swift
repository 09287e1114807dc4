import CLibpq

/// The address of a database, as libpq takes it: a URI or `key=value` pairs, with several hosts, TLS, service files,
/// `~/.pgpass` and the `PG*` environment as libpq supports them.
package struct PostgresAddress: Hashable, Sendable, CustomStringConvertible {
  package let text: String
  /// The address without its password, safe to print.
  package let description: String
  /// The address with all its options, to be given again; the description where the address holds a secret.
  package let shareable: String

  /// - Throws: `PostgresError.noConnection` when libpq cannot read it.
  package init(_ text: String) throws(PostgresError) {
    self.text = text
    var complaint: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &complaint) else {
      let why = complaint.map { String(cString: $0) } ?? "not a connection string"
      PQfreemem(complaint)
      throw .noConnection(Self.withoutQuotes(why.trimmed))
    }
    defer { PQconninfoFree(options) }
    var values: [String: String] = [:]
    var hasSecret = false
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        values[String(cString: keyword)] = String(cString: value)
        // libpq marks passwords this way, for dialogs that ask for them.
        hasSecret = hasSecret || option.pointee.dispchar.map { String(cString: $0) } == "*"
      }
      option += 1
    }
    let hosts = (values["host"] ?? values["hostaddr"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    // Text before the last @ of a host is the rest of a password that contains an @.
    guard !hosts.contains(where: { $0.contains("@") }) else {
      throw .noConnection("the address names a host with an @; write an @ in a password as %40")
    }
    let ports = (values["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let places = hosts.enumerated().map { index, host in
      let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : ""
      return port.isEmpty || host.hasPrefix("/") ? String(host) : "\(host):\(port)"
    }
    // A database name that looks like an address may contain a password too.
    let database = values["dbname"] ?? ""
    let shown = database.contains { "@:=".contains($0) } ? "…" : database
    description = "postgres://\(places.joined(separator: ","))/\(shown)"
    shareable = hasSecret || shown != database ? description : text
  }

  /// Removes quoted text: libpq quotes the part it could not read, which may be part of the password.
  private static func withoutQuotes(_ complaint: String) -> String {
    let plain = complaint.replacing("\"=\"", with: "=")
    guard let start = plain.firstIndex(of: "\""), let end = plain.lastIndex(of: "\"") else { return plain }
    return plain[..<start] + "…" + plain[plain.index(after: end)...]
  }
}

extension String {
  /// The text on one line: libpq's messages end with a line break, and some contain others.
  var trimmed: String {
    split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\t", with: "")
  }
}
