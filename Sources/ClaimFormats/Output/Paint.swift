/// ANSI colours, or none. Colour only repeats what the words say.
struct Paint {
  let isOn: Bool

  func status(_ status: ClaimReport.Status, _ text: String) -> String {
    switch status {
    case .paid: sequence("32", text)
    case .denied: sequence("35", text)
    case .suspended, .replaced: sequence("33", text)
    case .rejected, .unknown: sequence("31;1", text)
    }
  }

  func bold(_ text: String) -> String { sequence("1", text) }

  func dim(_ text: String) -> String { sequence("2", text) }

  private func sequence(_ code: String, _ text: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
