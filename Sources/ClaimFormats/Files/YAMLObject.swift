import StrictText
import Yams

/// A YAML mapping whose keys are all known. Every error names the line.
struct YAMLObject {
  let file: String
  private let name: String
  private let mark: Mark?
  private let fields: [String: Node]

  /// - Parameter name: The name of the mapping in errors: `the plan`, `deductible`.
  init(_ node: Node, named name: String, keys: [String], in file: String) throws(PlanFileError) {
    guard case .mapping(let mapping) = node else {
      throw PlanFileError(file, node.mark, "\(name) must be keys with values")
    }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      let text = key.scalar?.string.composed ?? ""
      guard keys.contains(text) else {
        let advice = NearestWord(known: keys).advice(for: text)
        throw PlanFileError(file, key.mark, "unknown key \"\(text)\" in \(name)", advice: advice)
      }
      fields[text] = value
    }
    self.file = file
    self.name = name
    self.fields = fields
    mark = mapping.mark
  }

  func require<Value>(_ key: String, _ form: ScalarForm<Value>) throws(PlanFileError) -> Value {
    guard let value = try value(key, form) else { throw missing(key) }
    return value
  }

  /// The value of a key; nil when the key is absent.
  func value<Value>(_ key: String, _ form: ScalarForm<Value>) throws(PlanFileError) -> Value? {
    guard let node = fields[key] else { return nil }
    return try parsed(node, as: key, form)
  }

  /// The values of a list; empty when the key is absent.
  func values<Value>(_ key: String, _ form: ScalarForm<Value>) throws(PlanFileError) -> [Value] {
    try nodes(key).map { node throws(PlanFileError) in try parsed(node, as: "each of \(key)", form) }
  }

  /// Whether the key has a single value, not a mapping or a list.
  func isScalar(_ key: String) -> Bool { fields[key]?.scalar != nil }

  func requireObject(_ key: String, keys: [String]) throws(PlanFileError) -> YAMLObject {
    guard let object = try object(key, keys: keys) else { throw missing(key) }
    return object
  }

  func object(_ key: String, keys: [String]) throws(PlanFileError) -> YAMLObject? {
    guard let node = fields[key] else { return nil }
    return try YAMLObject(node, named: key, keys: keys, in: file)
  }

  /// The items of a list of mappings.
  func objects(_ key: String, named name: String, keys: [String]) throws(PlanFileError) -> [YAMLObject] {
    try nodes(key).map { node throws(PlanFileError) in
      try YAMLObject(node, named: name, keys: keys, in: file)
    }
  }

  /// An error at the line of a key, or of the mapping itself.
  func error(at key: String? = nil, _ reason: String, advice: String? = nil) -> PlanFileError {
    PlanFileError(file, key.flatMap { fields[$0]?.mark } ?? mark, reason, advice: advice)
  }

  private func nodes(_ key: String) throws(PlanFileError) -> [Node] {
    guard let node = fields[key] else { return [] }
    guard case .sequence(let sequence) = node else {
      throw PlanFileError(file, node.mark, "\(key) must be a list", advice: "write [A, B], or a line with - for each")
    }
    return Array(sequence)
  }

  private func parsed<Value>(
    _ node: Node, as key: String, _ form: ScalarForm<Value>
  ) throws(PlanFileError) -> Value {
    guard let scalar = node.scalar else {
      throw PlanFileError(file, node.mark, "\(key) must be \(form.expectation)")
    }
    guard let value = form.parse(scalar.string.composed) else {
      let found = scalar.string.isEmpty ? "but nothing is written" : "not \"\(scalar.string)\""
      throw PlanFileError(file, node.mark, "\(key) must be \(form.expectation), \(found)")
    }
    return value
  }

  private func missing(_ key: String) -> PlanFileError {
    PlanFileError(file, mark, "\(name) has no \"\(key)\"", advice: "add it")
  }
}

extension PlanFileError {
  init(_ file: String, _ mark: Mark?, _ reason: String, advice: String? = nil) {
    self.init(file: file, line: mark?.line, column: mark?.column, reason: reason, advice: advice)
  }
}

/// Finds anchors and aliases (`&a`, `*a`) in YAML text before it is parsed: a few lines of nested anchors can expand to
/// more nodes than fit in memory, and no rule needs one. The scan knows just enough YAML to skip comments and quoted
/// text, and treats anything it does not recognize as a reference.
struct YAMLReferences {
  enum Finding: Hashable {
    case reference(line: Int)
    /// A quoted text continues on the next line, so nothing after it is certain.
    case openQuote(line: Int)
  }

  static func first(in text: String) -> Finding? {
    for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      var scan = YAMLReferences()
      for byte in line where !scan.isComment {
        if scan.findsReference(at: byte) { return .reference(line: index + 1) }
      }
      if scan.quote != nil { return .openQuote(line: index + 1) }
    }
    return nil
  }

  private var isComment = false
  private var quote: UInt8?
  private var isEscaped = false
  private var before = UInt8(ascii: " ")
  /// Whether the last byte was a `&` or `*` in a position where a name may follow.
  private var mayRefer = false
  /// The last nonblank byte; nil at the beginning of a line and after the dashes there.
  private var mark: UInt8?

  private mutating func findsReference(at byte: UInt8) -> Bool {
    defer { before = byte }
    if let quote {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        isEscaped = true
      } else if byte == quote {
        self.quote = nil
      }
      return false
    }
    if mayRefer, !" \t\r".utf8.contains(byte) { return true }
    mayRefer = false
    let followsBreak = " \t\r[]{},:".utf8.contains(before)
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): return false
    case UInt8(ascii: "#") where followsBreak: isComment = true
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if followsBreak, mark.map("[{,:".utf8.contains) ?? true { quote = byte }
    case UInt8(ascii: "&"), UInt8(ascii: "*"):
      mayRefer = followsBreak
    case UInt8(ascii: "-"), UInt8(ascii: "?"):
      if mark == nil { return false }
    default: break
    }
    mark = byte
    return false
  }
}
