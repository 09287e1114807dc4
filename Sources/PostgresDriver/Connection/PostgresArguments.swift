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

  /// Appends a `text[]`: the number of dimensions, whether it contains NULLs, the type of the elements, then size and
  /// lower bound, then the elements.
  package mutating func append(texts: [String]) {
    let textType: Int32 = 25
    add { bytes in
      bytes.append(bigEndian: Int32(texts.isEmpty ? 0 : 1))
      bytes.append(bigEndian: Int32(0))
      bytes.append(bigEndian: textType)
      guard !texts.isEmpty else { return }
      bytes.append(bigEndian: Int32(texts.count))
      bytes.append(bigEndian: Int32(1))
      for text in texts {
        bytes.append(bigEndian: Int32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
      }
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
