internal import StrictText

/// One segment, converted to the fixed delimiters. The same value is refilled for each segment, so that reading does
/// not allocate.
struct X12Segment {
  /// Position in the file, from 1.
  private(set) var number = 0
  /// Why the segment's content cannot be relied on; nil when it can.
  private(set) var flaw: Flaw?
  /// The segment's name: `CLM`.
  private(set) var name = X12Code.empty

  enum Flaw: Hashable {
    case tooLong
    case tooManyElements
    case notText
    case holdsControl

    var reason: String {
      switch self {
      case .tooLong: "the segment is longer than \(X12Limits.segmentLength) bytes"
      case .tooManyElements: "the segment has more than \(X12Limits.elementsPerSegment) elements"
      case .notText: "the segment holds bytes that are not UTF-8 text"
      case .holdsControl: "the segment holds a control character"
      }
    }
  }

  private var storage = [UInt8](repeating: 0, count: X12Limits.segmentLength + 1)
  private var length = 0
  private var starts = [Int](repeating: 0, count: X12Limits.elementsPerSegment + 2)
  /// The number of fields: the name and the elements.
  private var fields = 0
  /// The sender's separators, or the usual ones when the sender's are not printable ASCII.
  private var separators = (component: UInt8(ascii: ":"), repetition: UInt8(ascii: "^"))

  /// Fills the segment from raw bytes, dropping line breaks, converting delimiters, and removing empty elements at the
  /// end.
  mutating func fill(
    from raw: UnsafeRawBufferPointer, delimiters: X12Delimiters, number: Int, isTooLong: Bool
  ) {
    self.number = number
    separators.component = (0x21...0x7E).contains(delimiters.component) ? delimiters.component : UInt8(ascii: ":")
    separators.repetition = delimiters.repetition.flatMap { (0x21...0x7E).contains($0) ? $0 : nil } ?? UInt8(ascii: "^")
    var seen: UInt8 = 0
    var count = 0
    var fieldCount = 1
    var hasIntruder = false
    delimiters.canonical.withUnsafeBufferPointer { canonical in
      storage.withUnsafeMutableBufferPointer { out in
        for byte in raw {
          let mapped = canonical[Int(byte)]
          if mapped <= 1 {
            hasIntruder = hasIntruder || mapped == X12Delimiters.Canonical.intruder
            continue
          }
          seen |= byte
          out[count] = mapped
          count += 1
          guard mapped == X12Delimiters.Canonical.element else { continue }
          if fieldCount <= X12Limits.elementsPerSegment { starts[fieldCount] = count }
          fieldCount += 1
        }
        while count > 0, out[count - 1] == X12Delimiters.Canonical.element {
          count -= 1
          fieldCount -= 1
        }
        out[count] = X12Delimiters.Canonical.segment
      }
    }
    length = count
    fields = min(fieldCount, X12Limits.elementsPerSegment + 1)
    starts[fields] = count + 1
    name = code(0)
    if isTooLong {
      flaw = .tooLong
    } else if fieldCount > fields {
      flaw = .tooManyElements
    } else if seen >= 0x80 && !isUTF8 {
      flaw = .notText
    } else if hasIntruder || (seen >= 0x80 && holdsC1) {
      flaw = .holdsControl
    } else {
      flaw = nil
    }
  }

  private var isUTF8: Bool { String(validating: storage[..<length], as: UTF8.self) != nil }

  /// Whether the segment contains U+0080 to U+009F. In valid UTF-8, the byte C2 begins no other character below U+00A0.
  private var holdsC1: Bool {
    storage[..<length].indices.contains { storage[$0] == 0xC2 && (0x80...0x9F).contains(storage[$0 + 1]) }
  }

  /// The first element that is not valid text or contains a control character (DEL or C1); nil when there is none.
  var flawedElement: Int? {
    (1..<max(1, fields)).first { element in
      let bytes = bytes(element)
      guard let text = String(validating: bytes, as: UTF8.self) else { return true }
      return text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0.value >= 0x7F }
    }
  }

  /// The range of an element, counted from 1; empty when the segment ends before it. Element 0 is the segment's name.
  private func range(_ element: Int) -> Range<Int> {
    element < fields ? starts[element]..<starts[element + 1] - 1 : 0..<0
  }

  /// The range of one component of an element, counted from 1.
  private func range(_ element: Int, component: Int) -> Range<Int> {
    let whole = range(element)
    let bytes = storage.span
    var start = whole.lowerBound
    var index = 1
    for position in whole where bytes[position] == X12Delimiters.Canonical.component {
      if index == component { return start..<position }
      index += 1
      start = position + 1
    }
    return index == component ? start..<whole.upperBound : 0..<0
  }

  func code(_ element: Int) -> X12Code {
    let range = range(element)
    return storage.withUnsafeBufferPointer { X12Code($0, range) }
  }

  func code(_ element: Int, component: Int) -> X12Code {
    let range = range(element, component: component)
    return storage.withUnsafeBufferPointer { X12Code($0, range) }
  }

  /// The number of elements, not counting the name.
  var elementCount: Int { fields - 1 }

  func componentCount(_ element: Int) -> Int {
    let bytes = storage.span.extracting(range(element))
    var count = bytes.isEmpty ? 0 : 1
    for index in bytes.indices where bytes[index] == X12Delimiters.Canonical.component { count += 1 }
    return count
  }

  /// Whether the segment has the element, and it is not blank.
  func has(_ element: Int) -> Bool { !trimmed(range(element)).isEmpty }

  /// Calls `body` with the bytes of an element, without surrounding blanks; with none if it is absent.
  @inline(__always)
  func withBytes<Value>(_ element: Int, _ body: (Span<UInt8>) -> Value) -> Value {
    body(storage.span.extracting(trimmed(range(element))))
  }

  /// Calls `body` with the bytes of a component, without surrounding blanks; with none if it is absent.
  @inline(__always)
  func withBytes<Value>(_ element: Int, component: Int, _ body: (Span<UInt8>) -> Value) -> Value {
    body(storage.span.extracting(trimmed(range(element, component: component))))
  }

  /// Returns the element's text without surrounding blanks; nil when it is absent or blank. Text is in composed form
  /// (`PlainText`).
  func text(_ element: Int) -> String? { text(in: range(element)) }

  func text(_ element: Int, component: Int) -> String? { text(in: range(element, component: component)) }

  private func text(in range: Range<Int>) -> String? {
    let trimmed = bytes(in: range)
    guard trimmed.contains(where: { $0 < 0x20 }) else {
      return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self).composed
    }
    // In an element without parts, separators are part of the text: `A:B` is not `A`.
    let text = trimmed.map { byte in
      switch byte {
      case X12Delimiters.Canonical.component: separators.component
      case X12Delimiters.Canonical.repetition: separators.repetition
      default: byte
      }
    }
    return String(decoding: text, as: UTF8.self).composed
  }

  func bytes(_ element: Int) -> ArraySlice<UInt8> { bytes(in: range(element)) }

  func bytes(_ element: Int, component: Int) -> ArraySlice<UInt8> { bytes(in: range(element, component: component)) }

  private func bytes(in range: Range<Int>) -> ArraySlice<UInt8> { storage[trimmed(range)] }

  /// The range without the blanks around it.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let bytes = storage.span
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return start..<end
  }

  /// Calls `body` with the segment and its terminator, in the form that digests use.
  func withCanonicalBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    storage.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<(length + 1)])) }
  }
}
