import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("Zipped tables")
struct ZippedFileTests {
  /// An archive made by Python's zipfile: a deflated file of pairs, a stored list of places in a folder, and a file
  /// that is not a table.
  private static let archive = Array(
    Data(
      base64Encoded: """
        UEsDBBQAAAAIAAAAIVxlbC/MXAAAAH4AAAAUAAAAY2NpcHJhLXYzMjByMC1mMS50eHRVyc0KgCAQBODz9CidVovAY08Soiss+BNiQW+feesy\
        w8znSrxSVnCjNc7KypgNHAK7JjfDc+QmJSMVL0G4HpI9qv0+G3naiUjhSw1o0n31PYNg8zN0Gbr+VA19AVBLAwQUAAAAAAAAACFcSKtRFgwA\
        AAAMAAAAGgAAAHJlYWQvcGxhY2VzX29mX3NlcnZpY2UudHh0MTEKMjEKMjIKODEKUEsDBBQAAAAAAAAAIVz2xfY+CwAAAAsAAAAJAAAAbm90\
        ZXMucGRmJVBERgBiaW5hcnlQSwECFAMUAAAACAAAACFcZWwvzFwAAAB+AAAAFAAAAAAAAAAAAAAAgAEAAAAAY2NpcHJhLXYzMjByMC1mMS50\
        eHRQSwECFAMUAAAAAAAAACFcSKtRFgwAAAAMAAAAGgAAAAAAAAAAAAAAgAGOAAAAcmVhZC9wbGFjZXNfb2Zfc2VydmljZS50eHRQSwECFAMU\
        AAAAAAAAACFc9sX2PgsAAAALAAAACQAAAAAAAAAAAAAAgAHSAAAAbm90ZXMucGRmUEsFBgAAAAADAAMAwQAAAAQBAAAAAA==
        """) ?? Data())

  @Test("Every table in an archive is imported, and other files are skipped")
  func whole() throws {
    let found = try TableImport().read(Self.archive, name: "files.zip")
    #expect(found.editions.map(\.name) == ["ncci-ptp-practitioner-2026-01-01-f1", "place-of-service"])
    #expect(found.editions.map(\.rows) == [2, 4])
    #expect(found.editions.map(\.source).last == "files.zip/read/places_of_service.txt")
    #expect(found.passedOver == ["notes.pdf"])
  }

  @Test("An archive that is damaged or truncated is refused or gives the same tables; it never ends the program")
  func damaged() throws {
    let whole = try TableImport().read(Self.archive, name: "files.zip").editions.map(\.digest)
    for place in Self.archive.indices {
      for change in [UInt8(0xFF), 0x01, 0x80] {
        var bytes = Self.archive
        bytes[place] ^= change
        guard let found = try? TableImport().read(bytes, name: "files.zip") else { continue }
        #expect(Set(found.editions.map(\.digest)).isSubset(of: whole))
      }
      _ = try? TableImport().read(Array(Self.archive.prefix(place)), name: "files.zip")
    }
  }

  @Test("A false size is refused")
  func wrongSize() throws {
    // The first directory entry has the unpacked size of its file in bytes 24 to 27.
    let directory = try #require(Self.archive.firstRange(of: [0x50, 0x4B, 1, 2]))
    var bytes = Self.archive
    for byte in 24...27 { bytes[directory.lowerBound + byte] = 0xFF }
    let error = try #require(throws: PlanFileError.self) { try TableImport().read(bytes, name: "files.zip") }
    #expect(error.description.contains("unpacks to more than 256 MB"))
  }

  /// 1 MB of zeros, deflated to 1,033 bytes.
  private static let zeros: [UInt8] =
    [0xed, 0xc1, 0x31, 0x01, 0x00, 0x00, 0x00, 0xc2, 0xa0, 0xf5, 0x4f, 0x6d, 0x08, 0x5f, 0xa0]
    + Array(repeating: 0, count: 1016) + [0x3E, 0x03]
  private static let zerosSize: UInt32 = 1 << 20
  private static let zerosChecksum: UInt32 = 0xA738_EA1C

  /// Makes an archive that contains the same entry the given number of times.
  private static func bomb(entries: Int, saidSize: UInt32) -> [UInt8] {
    func bytes(_ numbers: (UInt32, Int)...) -> [UInt8] {
      numbers.flatMap { number, count in (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) } }
    }
    let name = Array("rvu.csv".utf8)
    let sizes = bytes((zerosChecksum, 4), (UInt32(zeros.count), 4), (saidSize, 4), (UInt32(name.count), 2))
    let local = bytes((0x0403_4B50, 4), (20, 2), (0, 2), (8, 2), (0, 4)) + sizes + bytes((0, 2)) + name + zeros
    let entry =
      bytes((0x0201_4B50, 4), (20, 2), (20, 2), (0, 2), (8, 2), (0, 4)) + sizes
      + bytes((0, 2), (0, 2), (0, 2), (0, 2), (0, 4), (0, 4)) + name
    let directory = Array(repeating: entry, count: entries).flatMap(\.self)
    let end = bytes(
      (0x0605_4B50, 4), (0, 4), (UInt32(entries), 2), (UInt32(entries), 2), (UInt32(directory.count), 4),
      (UInt32(local.count), 4), (0, 2))
    return local + directory + end
  }

  @Test("A small archive that unpacks to a large file is refused before it is unpacked")
  func ratio() throws {
    let error = try #require(throws: PlanFileError.self) {
      try TableImport().read(Self.bomb(entries: 1, saidSize: Self.zerosSize), name: "files.zip")
    }
    #expect(error.description.contains("rvu.csv unpacks to more than 100 times its size"))
  }

  @Test("Many entries for one small piece are refused because of their total size")
  func total() throws {
    let error = try #require(throws: PlanFileError.self) {
      try TableImport().read(Self.bomb(entries: 1_000, saidSize: Self.zerosSize), name: "files.zip")
    }
    #expect(error.description.contains("it unpacks to more than 256 MB"))
  }

  @Test("An entry with a false small size is unpacked only up to that size")
  func smaller() throws {
    let error = try #require(throws: PlanFileError.self) {
      try TableImport().read(Self.bomb(entries: 1, saidSize: 1_000), name: "files.zip")
    }
    #expect(error.description.contains("the zip file is damaged"))
  }
}
