import CZlib

/// The files in a zip, as CMS publishes its tables (PKWARE APPNOTE 6.3: end of central directory 4.3.16, headers 4.3.12
/// and 4.3.7; stored and deflated, no encryption, no zip64). Nothing that an archive says of itself is trusted:
/// positions and sizes must lie within it, and nothing is unpacked beyond a limit.
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
  /// The most bytes that all files of an archive together may unpack to. The largest file of any published table has
  /// about 150 MB.
  static let sizeLimit = 1 << 28
  /// Published tables unpack to about 20 times their size. A file of only zeros unpacks to 1,000 times its size.
  static let ratioLimit = 100

  static func isArchive(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 3, 4]) }

  /// - Parameter file: The name of the archive in errors.
  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// - Throws: `PlanFileError` if the directory is damaged or exceeds a limit.
  func entries() throws(PlanFileError) -> [Entry] {
    // The end record is the last of an archive; only a comment of at most 65,535 bytes may follow it.
    let lowest = max(0, bytes.count - 22 - 65_535)
    guard bytes.count >= 22,
      let end = stride(from: bytes.count - 22, through: lowest, by: -1).first(where: { word($0) == 0x0605_4B50 }),
      let count = half(end + 10), let first = word(end + 16)
    else { throw damaged }
    guard count <= Self.entryLimit else { throw damaged }
    var entries: [Entry] = []
    var total = 0
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
      total += Int(size)
      guard total <= Self.sizeLimit else {
        throw refusal("it unpacks to more than \(Self.sizeLimit >> 20) MB")
      }
      place += 46 + nameLength + extraLength + commentLength
    }
    return entries.filter { !$0.name.hasSuffix("/") }
  }

  /// - Throws: `PlanFileError` if the entry is damaged, too large, or packed with an unsupported method.
  func content(of entry: Entry) throws(PlanFileError) -> [UInt8] {
    // The size that the archive states was checked with the directory; the actual size is checked while unpacking.
    guard entry.size <= (entry.packedSize + 1) * Self.ratioLimit else {
      throw refusal("\(entry.name.prefix(80)) unpacks to more than \(Self.ratioLimit) times its size")
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

  /// The unpacked bytes; nil unless there are exactly `size` of them.
  private static func inflated(_ packed: ArraySlice<UInt8>, to size: Int) -> [UInt8]? {
    var stream = z_stream()
    // Raw deflate: a zip has no zlib header.
    guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    var input = Array(packed)
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    return input.withUnsafeMutableBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      while true {
        let (status, count) = piece.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          let status = inflate(&stream, Z_NO_FLUSH)
          return (status, target.count - Int(stream.avail_out))
        }
        guard status == Z_OK || status == Z_STREAM_END, output.count + count <= size else { return nil }
        output += piece[..<count]
        if status == Z_STREAM_END { return output.count == size ? output : nil }
        // No input is left and nothing was unpacked, so the stream is truncated.
        guard count > 0 || stream.avail_in > 0 else { return nil }
      }
    }
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

  private func refusal(_ reason: String) -> PlanFileError {
    PlanFileError(file: file, reason: reason, advice: "check that it is the file you meant")
  }

  private var damaged: PlanFileError {
    PlanFileError(
      file: file, reason: "the zip file is damaged, or of a kind that is not read", advice: "download it again")
  }
}
