import ClaimsDomain

extension FileFault {
  /// A fault of a remittance file's envelope as a line of JSON.
  package func envelopeLine(file: String) -> [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.member("file", file)
      json.key("envelope")
      json.object { json in
        json.member("location", location?.description)
        json.member("reason", what)
      }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}
