/// Writes what is wrong with a request, or with a part of it, as an OperationOutcome.
package enum FHIROutcome {
  /// The code of an issue (FHIR R4, issue-type).
  package enum Code: String, Sendable {
    case invalid, required, processing, login, forbidden, conflict, throttled, transient, exception
    case notFound = "not-found"
    case notSupported = "not-supported"
    case tooLong = "too-long"
  }

  package static func bytes(_ code: Code, _ text: String) -> [UInt8] {
    var json = OrderedJSON()
    write(code, text, at: nil, to: &json)
    return json.bytes
  }

  /// - Parameter place: A FHIRPath such as `Claim.item[0].net`.
  package static func write(_ code: Code, _ text: String, at place: String?, to json: inout OrderedJSON) {
    json.object { json in
      json.part("resourceType", "OperationOutcome")
      json.list("issue", [()]) { json, _ in
        json.part("severity", "error")
        json.part("code", code.rawValue)
        json.part("diagnostics", text)
        if let place { json.texts("expression", [place]) }
      }
    }
  }

  /// Writes an OperationOutcome for a claim that was not accepted.
  package static func write(_ report: ClaimReport, to json: inout OrderedJSON) {
    let location = report.reason?.location
    // `record 2, Claim.item[0].net` is a record and a path.
    let place = location?.split(separator: ", ", maxSplits: 1).last.map(String.init).flatMap {
      $0.contains(".") ? $0 : nil
    }
    let text = [location, report.reason?.text].compactMap(\.self).joined(separator: ": ")
    write(.invalid, text.isEmpty ? "the claim is rejected" : text, at: place, to: &json)
  }
}
