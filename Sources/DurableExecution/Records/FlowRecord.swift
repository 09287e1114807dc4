/// A run of a flow, as it is stored.
package struct FlowRecord: Hashable, Sendable {
  package let key: KeyText
  /// `flow-fulfill`.
  package let name: String
  /// Canonical JSON.
  package let input: [UInt8]

  package init(key: KeyText, name: String, input: [UInt8]) {
    self.key = key
    self.name = name
    self.input = input
  }
}

/// An act of a person, who said so, and why.
package struct OperatorAct: Hashable, Sendable {
  package var act: String
  package var person: String
  package var reason: String
  /// What was set aside, as it was asked for.
  package var waived: [String]
  package var at: Timestamp

  /// A worker ended another's database session, which held up the others in silence.
  package static let sessionEnded = "session-ended"

  package init(act: String, person: String, reason: String, waived: [String] = [], at: Timestamp) {
    self.act = act
    self.person = person
    self.reason = reason
    self.waived = waived
    self.at = at
  }
}

/// Who changes something by hand, and why. Nothing is changed by hand without both.
package struct SignOff: Hashable, Sendable {
  package let person: String
  package let reason: String

  /// Characters of each.
  package static let limit = 1_000

  /// - Throws: `SignOffDefect` where one of the two says nothing, or cannot be shown as it is.
  package init(by person: String, reason: String) throws(SignOffDefect) {
    self.person = try Self.checked(person, .person)
    self.reason = try Self.checked(reason, .reason)
  }

  private static func checked(_ text: String, _ part: SignOffDefect.Part) throws(SignOffDefect) -> String {
    guard text.count <= limit else { throw SignOffDefect(part: part, fault: .tooLong) }
    guard text.unicodeScalars.allSatisfy(\.isShown) else { throw SignOffDefect(part: part, fault: .controls) }
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
      throw SignOffDefect(part: part, fault: .saysNothing)
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Not for a terminal, nor for the order in which text is shown.
  fileprivate var isShown: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}

/// Why somebody's word is not enough to change something by hand.
package struct SignOffDefect: Error, Hashable, CustomStringConvertible {
  package enum Part: String, Sendable {
    case person = "--by"
    case reason = "--reason"
  }

  package enum Fault: Sendable {
    case saysNothing, controls, tooLong
  }

  package let part: Part
  package let fault: Fault

  package var description: String {
    switch fault {
    case .saysNothing: "\(part.rawValue) must say something: it stays on record with what is changed"
    case .controls: "\(part.rawValue) must hold no line break and no other control character"
    case .tooLong: "\(part.rawValue) must be \(SignOff.limit) characters or fewer"
    }
  }
}
