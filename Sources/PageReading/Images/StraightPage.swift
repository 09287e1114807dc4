/// What `claims-image page` prints: a page of a picture file, upright and straight.
struct StraightPage: Hashable {
  /// Every page is brought to this resolution, whatever the file has.
  static let pixelsPerInch = 300

  /// How many pages the file has.
  let pageCount: Int
  /// In pixels.
  let width: Int
  let height: Int
  /// For people: the page in grey, as a PNG.
  let shown: [UInt8]
  /// For the engine: what is to be recognized, as a PNG.
  let ink: [UInt8]

  /// - Returns: nil when the bytes are anything else.
  init?(_ bytes: [UInt8]) {
    guard let end = bytes.prefix(100).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    guard words.count == 7, words[0] == "page" else { return nil }
    let numbers = words.dropFirst().compactMap { Int($0) }
    guard numbers.count == 6, numbers[0] > 0, numbers[1] > 0, numbers[2] > 0, numbers[4] > 0, numbers[5] > 0,
      numbers[4] <= bytes.count, numbers[5] <= bytes.count, bytes.count - end - 1 == numbers[4] + numbers[5]
    else { return nil }
    pageCount = numbers[0]
    width = numbers[1]
    height = numbers[2]
    shown = Array(bytes[(end + 1)...].prefix(numbers[4]))
    ink = Array(bytes.suffix(numbers[5]))
  }
}
