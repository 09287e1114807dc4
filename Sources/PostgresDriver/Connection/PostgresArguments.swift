/// The arguments of one statement in PostgreSQL's binary format, in contiguous memory.
package struct PostgresArguments: Sendable {
  /// The first byte belongs to no argument. It gives an empty argument an address, since libpq treats a missing address
  /// as NULL.
  private(set) var bytes: [UInt8] = [0]
  /// The start of each argument; nil for NULL.
  private(set) var offsets: [Int?] = []
  private(set) var lengths: [Int32] = []

  package init() {}

  package var count: Int { offsets.count }

  package mutating func appendNull() {
    offsets.append(nil)
    lengths.append(0)
  }

  package mutating func append(text: String) {
    add { $0.append(contentsOf: text.utf8) }
  }

  /// Appends a `bigint`.
  package mutating func append(integer: Int64) {
    add { $0.append(bigEndian: integer) }
  }

  /// Appends a `bytea`.
  package mutating func append(bytes: [UInt8]) {
    add { $0.append(contentsOf: bytes) }
  }

  package mutating func append(flag: Bool) {
    add { $0.append(flag ? 1 : 0) }
  }

  /// Appends a `text[]`.
  package mutating func append(texts: [String]) {
    append(arrayOf: .text, texts) { text, elements in elements.append(text: text) }
  }

  /// Appends an array: the number of dimensions, whether it may contain NULLs, the type of the elements, then size and
  /// lower bound, then the elements.
  ///
  /// - Parameter write: appends the element of a value.
  package mutating func append<Values: Collection>(
    arrayOf type: ElementType, _ values: Values, _ write: (Values.Element, inout Elements) -> Void
  ) {
    add { bytes in
      bytes.append(bigEndian: Int32(values.isEmpty ? 0 : 1))
      bytes.append(bigEndian: Int32(1))
      bytes.append(bigEndian: type.rawValue)
      guard !values.isEmpty else { return }
      bytes.append(bigEndian: Int32(values.count))
      bytes.append(bigEndian: Int32(1))
      var elements = Elements(bytes: bytes)
      bytes = []
      for value in values { write(value, &elements) }
      bytes = elements.bytes
    }
  }

  /// The types of elements, by their numbers in `pg_type`.
  package enum ElementType: Int32, Sendable {
    case flag = 16
    case bytes = 17
    case integer = 20
    case text = 25

    /// The type's name in SQL.
    package var name: String {
      switch self {
      case .flag: "boolean"
      case .bytes: "bytea"
      case .integer: "bigint"
      case .text: "text"
      }
    }
  }

  /// The elements of an array: each has its length before it, and a NULL has the length -1.
  package struct Elements: Sendable {
    fileprivate var bytes: [UInt8]

    package mutating func appendNull() { bytes.append(bigEndian: Int32(-1)) }

    package mutating func append(text: String) {
      bytes.append(bigEndian: Int32(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    }

    package mutating func append(integer: Int64) {
      bytes.append(bigEndian: Int32(8))
      bytes.append(bigEndian: integer)
    }

    package mutating func append(bytes value: [UInt8]) {
      bytes.append(bigEndian: Int32(value.count))
      bytes.append(contentsOf: value)
    }

    package mutating func append(flag: Bool) {
      bytes.append(bigEndian: Int32(1))
      bytes.append(flag ? 1 : 0)
    }
  }

  private mutating func add(_ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    offsets.append(start)
    lengths.append(Int32(bytes.count - start))
  }
}

extension [UInt8] {
  fileprivate mutating func append<Integer: FixedWidthInteger>(bigEndian value: Integer) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}
