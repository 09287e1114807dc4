/// The stored form of a run of a flow.
package struct FlowRecord: Hashable, Sendable {
  package let key: KeyText
  /// The name of the flow: `flow-fulfill`.
  package let name: String
  /// The input of the run, as canonical JSON.
  package let input: [UInt8]

  package init(key: KeyText, name: String, input: [UInt8]) {
    self.key = key
    self.name = name
    self.input = input
  }
}

/// A manual act, with the person who did it and the reason.
package struct OperatorAct: Hashable, Sendable {
  package var act: String
  package var person: String
  package var reason: String
  /// The rules and reasons that were waived, as requested.
  package var waived: [String]
  package var at: Timestamp

  /// A worker ended another database session that blocked other sessions without responding.
  package static let sessionEnded = "session-ended"

  package init(act: String, person: String, reason: String, waived: [String] = [], at: Timestamp) {
    self.act = act
    self.person = person
    self.reason = reason
    self.waived = waived
    self.at = at
  }
}

/// The person who makes a manual change, and the reason. No manual change is possible without both.
package struct SignOff: Hashable, Sendable {
  package let person: String
  package let reason: String

  /// The maximum number of characters in each part.
  package static let limit = 1_000

  /// - Throws: `SignOffDefect` if either part has no letter or number, is too long, or cannot be shown as it is.
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
  /// Whether the scalar is safe to show: it does not control a terminal or the order in which text is displayed.
  fileprivate var isShown: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}

/// The reason that a sign-off is not sufficient for a manual change.
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
