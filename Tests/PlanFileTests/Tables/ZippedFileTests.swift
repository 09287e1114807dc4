import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("Zipped tables")
struct ZippedFileTests {
  /// Made by Python's zipfile: a file of pairs, deflated, a list of places in a folder, stored, and a file that is no table.
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

  @Test("Every table in an archive is imported, and what is none is passed over")
  func whole() throws {
    let found = try TableImport().read(Self.archive, name: "files.zip")
    #expect(found.editions.map(\.name) == ["ncci-ptp-practitioner-2026-01-01-f1", "place-of-service"])
    #expect(found.editions.map(\.rows) == [2, 4])
    #expect(found.editions.map(\.source).last == "files.zip/read/places_of_service.txt")
    #expect(found.passedOver == ["notes.pdf"])
  }

  @Test("An archive with a wrong byte, or cut short, is refused or gives the same tables; it never ends the program")
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

  @Test("A size that is not true is refused")
  func wrongSize() throws {
    // The first entry of the directory says how large its file is unpacked, in bytes 24 to 27.
    let directory = try #require(Self.archive.firstRange(of: [0x50, 0x4B, 1, 2]))
    var bytes = Self.archive
    for byte in 24...27 { bytes[directory.lowerBound + byte] = 0xFF }
    let error = try #require(throws: PlanFileError.self) { try TableImport().read(bytes, name: "files.zip") }
    #expect(error.description.contains("unpacks to more than 512 MB"))
  }
}
