/// A TIFF of empty pages, black and white, without compression.
enum SampleTIFF {
  private static let width = 850
  private static let height = 1_100

  /// - Parameter damaged: the number of a page whose pixels cannot be read, from one; nil for none.
  static func file(pages count: Int, damaging damaged: Int? = nil) -> [UInt8] {
    let pixels = [UInt8](repeating: 0, count: (width + 7) / 8 * height)
    var file = Array("II".utf8) + bytes(42, 2) + bytes(8 + pixels.count, 4) + pixels
    for page in 1...count {
      // Tag, type (3 has two bytes, 4 has four), and value. No reader knows compression 9,999.
      let entries = [
        (256, 3, width), (257, 3, height), (258, 3, 1), (259, 3, page == damaged ? 9_999 : 1), (262, 3, 0), (273, 4, 8),
        (277, 3, 1), (278, 3, height), (279, 4, pixels.count),
      ]
      let next = page == count ? 0 : file.count + 2 + 12 * entries.count + 4
      file += bytes(entries.count, 2)
      for (tag, type, value) in entries { file += bytes(tag, 2) + bytes(type, 2) + bytes(1, 4) + bytes(value, 4) }
      file += bytes(next, 4)
    }
    return file
  }

  private static func bytes(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
