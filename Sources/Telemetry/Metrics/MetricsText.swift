/// Writes Prometheus' text format, version 0.0.4. Every name begins with `paidonce_`.
package struct MetricsText {
  package enum Kind: String, Sendable {
    case counter, gauge, histogram, summary
  }

  package private(set) var text = ""

  package init() {}

  /// - Parameter help: what the metric means; nil if only its name says so.
  package mutating func family(_ name: String, _ kind: Kind, _ help: String?) {
    if let help { text += "# HELP paidonce_\(name) \(help)\n" }
    text += "# TYPE paidonce_\(name) \(kind.rawValue)\n"
  }

  package mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: some Numeric) {
    let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    text += "paidonce_\(name)\(list.isEmpty ? "" : "{\(list)}") \(value)\n"
  }

  package mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
    family(name, kind, help)
    sample(name, [], value)
  }

  package mutating func histogram(
    _ name: String, _ labels: [(name: String, value: String)], _ durations: DurationHistogram
  ) {
    var total = 0
    for (index, count) in durations.counts.enumerated() {
      total += count
      let bound = index < DurationHistogram.bounds.count ? "\(DurationHistogram.bounds[index])" : "+Inf"
      sample("\(name)_bucket", labels + [("le", bound)], total)
    }
    sample("\(name)_sum", labels, durations.seconds)
    sample("\(name)_count", labels, total)
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
