import CLibpq

/// Where a database is, in libpq's own words: a URI or `key=value` pairs, with several hosts, TLS, service files,
/// `~/.pgpass` and the `PG*` environment as libpq knows them.
package struct PostgresAddress: Hashable, Sendable, CustomStringConvertible {
  package let text: String
  /// The same without a password, fit to be printed.
  package let description: String

  /// - Throws: `PostgresError.noConnection` when libpq cannot read it.
  package init(_ text: String) throws(PostgresError) {
    self.text = text
    var complaint: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &complaint) else {
      let why = complaint.map { String(cString: $0) } ?? "not a connection string"
      PQfreemem(complaint)
      throw .noConnection(why.trimmed)
    }
    defer { PQconninfoFree(options) }
    var values: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    let hosts = (values["host"] ?? values["hostaddr"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let ports = (values["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let places = hosts.enumerated().map { index, host in
      let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : ""
      return port.isEmpty || host.hasPrefix("/") ? String(host) : "\(host):\(port)"
    }
    description = "postgres://\(places.joined(separator: ","))/\(values["dbname"] ?? "")"
  }
}

extension String {
  /// libpq's messages end with a line break, and some have one within.
  var trimmed: String {
    split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\t", with: "")
  }
}
