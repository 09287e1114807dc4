import ClaimsDomain

/// Why services were not paid and what to do about it: near the top, since it is what a reader wants to know first.
struct Refusal {
  let title: String
  let reasons: [Reason]

  struct Reason {
    let title: String
    let codes: String
    /// `Line 2 (G0463)`; nil when it is for the whole claim.
    let services: String?
    let text: String
    let advice: String?
  }

  /// Nil when nothing was denied.
  init?(of decision: Decision, named names: ServiceNames, _ notes: NoteBook) {
    let denied = decision.lines.filter(\.isDenied)
    guard !denied.isEmpty else { return nil }
    var found: [(note: Note, lines: [LineDecision])] = []
    for line in denied {
      for note in line.adjustments.compactMap(notes.note(of:)) {
        if let index = found.firstIndex(where: { $0.note.number == note.number }) {
          found[index].lines.append(line)
        } else {
          found.append((note, [line]))
        }
      }
    }
    let isWhole = decision.isDenied && found.count == 1
    title = decision.isDenied ? "Why your plan did not pay" : "Why a part was not paid"
    reasons = found.map { note, lines in
      Reason(
        title: note.title, codes: note.codes, services: isWhole ? nil : Self.list(lines, named: names), text: note.text,
        advice: note.advice)
    }
  }

  private static func list(_ lines: [LineDecision], named names: ServiceNames) -> String {
    let list = lines.map { "\($0.number) (\(names.code(of: $0)))" }.joined(separator: ", ")
    return "\(lines.count == 1 ? "Line" : "Lines") \(list)"
  }
}
