import CZlib

/// The files within a zip, as CMS publishes its tables (PKWARE APPNOTE 6.3: end of central directory 4.3.16, headers
/// 4.3.12 and 4.3.7; stored and deflated, no encryption, no zip64). Everything an archive says of itself is doubted: places
/// and sizes have to lie within it, and nothing is unpacked beyond a limit.
struct ZipArchive {
  private let bytes: [UInt8]
  private let file: String

  struct Entry: Hashable {
    let name: String
    fileprivate let method: Int
    fileprivate let packedSize: Int
    fileprivate let size: Int
    fileprivate let checksum: UInt32
    fileprivate let header: Int
  }

  static let entryLimit = 1_000
  /// The largest file of any published table has about 150 MB.
  static let sizeLimit = 1 << 29

  static func isArchive(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 3, 4]) }

  /// - Parameter file: As errors show it.
  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// - Throws: `PlanFileError` when the directory is not whole.
  func entries() throws(PlanFileError) -> [Entry] {
    // The last record of an archive, behind it only a comment of at most 65,535 bytes.
    let lowest = max(0, bytes.count - 22 - 65_535)
    guard bytes.count >= 22,
      let end = stride(from: bytes.count - 22, through: lowest, by: -1).first(where: { word($0) == 0x0605_4B50 }),
      let count = half(end + 10), let first = word(end + 16)
    else { throw damaged }
    guard count <= Self.entryLimit else { throw damaged }
    var entries: [Entry] = []
    var place = Int(first)
    for _ in 0..<count {
      guard word(place) == 0x0201_4B50, let method = half(place + 10), let checksum = word(place + 16),
        let packed = word(place + 20), let size = word(place + 24), let nameLength = half(place + 28),
        let extraLength = half(place + 30), let commentLength = half(place + 32), let header = word(place + 42),
        place + 46 + nameLength <= bytes.count
      else { throw damaged }
      let name = String(decoding: bytes[place + 46..<place + 46 + nameLength], as: UTF8.self).withoutControls
      entries.append(
        Entry(
          name: name, method: method, packedSize: Int(packed), size: Int(size), checksum: checksum, header: Int(header))
      )
      place += 46 + nameLength + extraLength + commentLength
    }
    return entries.filter { !$0.name.hasSuffix("/") }
  }

  /// - Throws: `PlanFileError` when the entry is not whole, too large, or packed in a way that is not read.
  func content(of entry: Entry) throws(PlanFileError) -> [UInt8] {
    guard entry.size <= Self.sizeLimit else {
      throw PlanFileError(
        file: file, reason: "\(entry.name.prefix(80)) unpacks to more than \(Self.sizeLimit >> 20) MB",
        advice: "check that it is the file you meant")
    }
    guard word(entry.header) == 0x0403_4B50, let nameLength = half(entry.header + 26),
      let extraLength = half(entry.header + 28)
    else { throw damaged }
    let start = entry.header + 30 + nameLength + extraLength
    guard start + entry.packedSize <= bytes.count else { throw damaged }
    let packed = bytes[start..<start + entry.packedSize]
    let content: [UInt8]? =
      switch entry.method {
      case 0: Array(packed)
      case 8: Self.inflated(packed, to: entry.size)
      default: nil
      }
    guard let content, content.count == entry.size, Self.checksum(of: content) == entry.checksum else { throw damaged }
    return content
  }

  /// Nil unless it comes to exactly `size` bytes.
  private static func inflated(_ packed: ArraySlice<UInt8>, to size: Int) -> [UInt8]? {
    var stream = z_stream()
    // Raw deflate: a zip has no zlib header.
    guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    var input = Array(packed)
    // One byte more than it should be, to see that there is none.
    var output = [UInt8](repeating: 0, count: size + 1)
    let status = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return inflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END, stream.total_out == size else { return nil }
    output.removeLast()
    return output
  }

  private static func checksum(of bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
  }

  private func half(_ place: Int) -> Int? {
    guard place >= 0, place + 2 <= bytes.count else { return nil }
    return Int(bytes[place]) | Int(bytes[place + 1]) << 8
  }

  private func word(_ place: Int) -> UInt32? {
    guard place >= 0, place + 4 <= bytes.count else { return nil }
    return (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
  }

  private var damaged: PlanFileError {
    PlanFileError(
      file: file, reason: "the zip file is damaged, or of a kind that is not read", advice: "download it again")
  }
}
