import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain

/// What enrollment files have changed.
struct EnrollmentPage {
  private let form: OutputForm
  private var people = 0
  private var changed = 0
  private var unchanged = 0
  private var before = 0
  private var passedOver = 0
  private var refused = 0
  private var endedDependents = 0
  /// The first touched claims. Only a limited number of them is kept, however many a file touches.
  private var touched: Set<ClaimIntakeID> = []
  private var hasMore = false

  init(_ form: OutputForm) {
    self.form = form
  }

  mutating func tell(_ news: EnrollmentRun.News, of file: String) {
    switch news {
    case .enrolled(let response, let isReplay):
      people += 1
      if isReplay { before += 1 } else if response.changed { changed += 1 } else { unchanged += 1 }
      endedDependents += isReplay ? 0 : response.endedDependents
      for claim in response.touchedClaims {
        if touched.count < 10_000 { touched.insert(claim) } else if !touched.contains(claim) { hasMore = true }
      }
    case .passedOver(let why, let place):
      people += 1
      passedOver += 1
      Terminal.complain("\(file): \(place): passed over: \(why)")
    case .refused(let why, let place):
      people += 1
      refuse("\(file): \(place): a person is refused: \(why)")
    case .fault(let fault):
      if fault.severity == .error { refused += 1 }
      Terminal.complain("\(file): \(fault.severity == .warning ? "warning: " : "")\(fault)")
    }
  }

  mutating func refuse(_ line: String) {
    refused += 1
    Terminal.complain(line)
  }

  /// - Returns: how the process should end; nil for success.
  func finish() -> ExitStatus? {
    var output = Output()
    switch form {
    case .text: output.text(text)
    case .json: output.bytes(json)
    }
    output.flush()
    return refused > 0 ? .badInput : nil
  }

  private var text: String {
    var summary =
      "\(people.grouped) read: \(changed.grouped) changed, \(unchanged.grouped) as they were, "
      + "\(before.grouped) taken in before, \(passedOver.grouped) passed over, \(refused.grouped) refused\n"
    if endedDependents > 0 {
      summary += "ended with the subscriber's coverage: \(endedDependents.counted("dependent"))\n"
    }
    guard !touched.isEmpty else { return summary }
    let more = hasMore ? " and more" : ""
    return summary
      + "decided by what was known before, and left as they are: \(touched.count.counted("claim"))\(more)\n"
      + touched.sorted().map { "  \($0)\n" }.joined()
  }

  private var json: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.key("summary")
      json.object { json in
        json.member("read", people)
        json.member("changed", changed)
        json.member("as_they_were", unchanged)
        json.member("taken_in_before", before)
        json.member("passed_over", passedOver)
        json.member("refused", refused)
        json.member("ended_dependents", endedDependents)
        json.key("touched_claims")
        json.array(touched.sorted()) { $0.string($1.text) }
        json.member("more_touched", hasMore)
      }
    }
    return json.bytes + "\n".utf8
  }
}
