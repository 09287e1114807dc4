package import ClaimFormats

/// Something wrong in a file: where, what, and what to do about it. It quotes nothing about a person.
package struct FileFinding: Hashable, Sendable {
  package let file: String
  /// The place in the file: `segment 12, SV102`, `line 3`; nil when the whole file is concerned.
  package let place: String?
  /// The provider's number of the claim that is concerned; nil when it is not one claim alone, or has no number.
  package let claim: String?
  package let what: String
  /// Nil when what is wrong says it.
  package let advice: String?
  /// Whether nothing is lost because of it.
  package let isWarning: Bool

  init(
    file: String, place: String?, claim: String? = nil, what: String, advice: String? = nil, isWarning: Bool = false
  ) {
    (self.file, self.place, self.claim, self.what) = (file, place, claim, what)
    (self.advice, self.isWarning) = (advice, isWarning)
  }

  init(_ fault: FileFault, in file: String) {
    self.init(
      file: file, place: fault.location.map { "\($0)" }, what: fault.what, advice: fault.advice,
      isWarning: fault.severity == .warning)
  }

  init(_ error: PlanFileError, in folder: String) {
    let place = error.line.map { line in "line \(line)" + (error.column.map { ", column \($0)" } ?? "") }
    self.init(file: folder + error.file, place: place, what: error.reason, advice: error.advice)
  }

  /// One line, as compilers write it.
  package var text: String {
    "\(file.displayed): " + (place.map { "\($0): " } ?? "") + (isWarning ? "warning: " : "")
      + (claim.map { "claim \($0.displayed): " } ?? "") + what + (advice.map { "; \($0)" } ?? "")
  }

  /// The finding without the claim.
  var ofNoClaim: FileFinding {
    FileFinding(file: file, place: place, what: what, advice: advice, isWarning: isWarning)
  }
}

/// What a file turned out to be, and how much of it is good.
package struct CheckedFile: Hashable, Sendable {
  package let name: String
  /// Such as `X12 837`; nil when nothing here reads such a file.
  package var kind: String?
  /// What was counted in it: claims, members, plans.
  package var counts: [Count] = []
  /// Whether its content was read here, and not only what it is.
  package internal(set) var isRead = true
  package internal(set) var errors = 0
  package internal(set) var warnings = 0

  package struct Count: Hashable, Sendable {
    package let noun: String
    package let count: Int
    /// How many of them have an error.
    package let bad: Int
  }

  init(name: String) { self.name = name }
}

extension FileFinding {
  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("file", file)
      json.member("place", place)
      json.member("claim", claim)
      json.member("what", what)
      json.member("advice", advice)
      json.member("severity", isWarning ? "warning" : "error")
    }
  }

  package var jsonLine: [UInt8] { OrderedJSON.line { write(to: &$0) } }
}

extension CheckedFile {
  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("file", name)
      json.member("kind", kind)
      json.key("counts")
      json.array(counts) { json, count in
        json.object { json in
          json.member("what", count.noun)
          json.member("count", count.count)
          json.member("bad", count.bad)
        }
      }
      if !isRead { json.member("checked", false) }
      json.member("errors", errors)
      json.member("warnings", warnings)
    }
  }

  package var jsonLine: [UInt8] { OrderedJSON.line { write(to: &$0) } }
}
