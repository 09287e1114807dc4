import StrictText

/// The function that libFuzzer calls with every input. The first byte selects the reader.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
  do {
    switch start[0] & 3 {
    case 0: try tokenize(bytes)
    case 1: try scan(bytes)
    default:
      let checked = try StrictJSON.checked(bytes)
      let again = try? StrictJSON.checked(checked)
      precondition(again == checked, "what was checked does not stay as it is")
    }
  } catch {}
  return 0
}

private func tokenize(_ bytes: [UInt8]) throws {
  var tokenizer = X12Tokenizer(MemoryBytes(bytes, longestRead: 300))
  var segment = X12Segment()
  while try tokenizer.advance() {
    tokenizer.read(into: &segment)
    for element in 0...segment.elementCount + 1 {
      _ = segment.code(element)
      for component in 1...max(1, segment.componentCount(element)) {
        if let text = segment.text(element, component: component), segment.flaw == nil {
          precondition(!text.holdsControl)
        }
      }
    }
  }
}

private func scan(_ bytes: [UInt8]) throws {
  var scanner = JSONRecordScanner(MemoryBytes(bytes, longestRead: 300))
  while let record = try scanner.next() {
    if case .object(let record) = record { _ = try? StrictJSON.checked(record) }
  }
}
