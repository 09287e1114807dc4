import StrictText
import Yams

/// A YAML mapping whose keys are all known. Every error names the line, and is noted in a list that the objects of a file
/// share: reading goes on, and what has an error is nil. A file with an error in the list is not used.
struct YAMLObject {
  let file: String
  private let faults: FaultList
  private let name: String
  private let mark: Mark?
  private let fields: [String: Node]
  /// The keys that are there under a mistyped name.
  private let mistyped: Set<String>

  /// - Parameter name: The name of the mapping in errors: `the plan`, `deductible`.
  /// - Returns: nil when the node is no mapping.
  init?(_ node: Node, named name: String, keys: [String], in file: String, _ faults: FaultList) {
    guard case .mapping(let mapping) = node else {
      faults.note(PlanFileError(file, node.mark, "\(name) must be keys with values"))
      return nil
    }
    var fields: [String: Node] = [:]
    var mistyped: Set<String> = []
    for (key, value) in mapping {
      let text = key.scalar?.string.composed ?? ""
      if keys.contains(text) {
        fields[text] = value
      } else {
        let words = NearestWord(known: keys)
        words.nearest(to: text).map { _ = mistyped.insert($0) }
        faults.note(
          PlanFileError(
            file, key.mark, "unknown key \"\(text)\" in \(name)", advice: words.advice(for: text)))
      }
    }
    (self.file, self.faults, self.name, self.fields, self.mistyped) = (file, faults, name, fields, mistyped)
    mark = mapping.mark
  }

  /// The value of a key that must be there.
  func require<Value>(_ key: String, _ form: ScalarForm<Value>) -> Value? {
    guard let node = fields[key] else {
      noteMissing(key)
      return nil
    }
    return parsed(node, as: key, form)
  }

  /// The value of a key; nil when the key is absent.
  func value<Value>(_ key: String, _ form: ScalarForm<Value>) -> Value? {
    fields[key].flatMap { parsed($0, as: key, form) }
  }

  /// The values of a list; empty when the key is absent.
  func values<Value>(_ key: String, _ form: ScalarForm<Value>) -> [Value] {
    nodes(key).compactMap { parsed($0, as: "each of \(key)", form) }
  }

  func has(_ key: String) -> Bool { fields[key] != nil || mistyped.contains(key) }

  /// Whether the key has anything but an empty list.
  func isFilled(_ key: String) -> Bool { fields[key].map { $0.sequence?.isEmpty != true } ?? mistyped.contains(key) }

  /// Whether the key has a single value, not a mapping or a list.
  func isScalar(_ key: String) -> Bool { fields[key]?.scalar != nil }

  func requireObject(_ key: String, keys: [String]) -> YAMLObject? {
    guard fields[key] != nil else {
      noteMissing(key)
      return nil
    }
    return object(key, keys: keys)
  }

  /// The mapping of a key; nil when the key is absent.
  func object(_ key: String, keys: [String]) -> YAMLObject? {
    fields[key].flatMap { YAMLObject($0, named: key, keys: keys, in: file, faults) }
  }

  /// The items of a list of mappings.
  func objects(_ key: String, named name: String, keys: [String]) -> [YAMLObject] {
    nodes(key).compactMap { YAMLObject($0, named: name, keys: keys, in: file, faults) }
  }

  /// Notes an error at the line of a key, or of the mapping itself.
  func note(at key: String? = nil, _ reason: String, advice: String? = nil) {
    faults.note(PlanFileError(file, key.flatMap { fields[$0]?.mark } ?? mark, reason, advice: advice))
  }

  private func nodes(_ key: String) -> [Node] {
    guard let node = fields[key] else { return [] }
    guard case .sequence(let sequence) = node else {
      faults.note(
        PlanFileError(file, node.mark, "\(key) must be a list", advice: "write [A, B], or a line with - for each"))
      return []
    }
    return Array(sequence)
  }

  private func parsed<Value>(_ node: Node, as key: String, _ form: ScalarForm<Value>) -> Value? {
    guard let scalar = node.scalar else {
      faults.note(PlanFileError(file, node.mark, "\(key) must be \(form.expectation)"))
      return nil
    }
    let value = form.parse(scalar.string.composed)
    if value == nil {
      let found = scalar.string.isEmpty ? "but nothing is written" : "not \"\(scalar.string)\""
      faults.note(PlanFileError(file, node.mark, "\(key) must be \(form.expectation), \(found)"))
    }
    return value
  }

  private func noteMissing(_ key: String) {
    guard !mistyped.contains(key) else { return }
    faults.note(PlanFileError(file, mark, "\(name) has no \"\(key)\"", advice: "add it"))
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
