import ClaimsAPI
import TestSupport
import Testing

@testable import ClaimsConsole

@Suite("A form with files is read as the browser wrote it, or refused")
struct MultipartBodyTests {
  private static let type = "multipart/form-data; boundary=----mark"

  private static func body(_ parts: [(head: String, bytes: [UInt8])]) -> [UInt8] {
    parts.flatMap {
      Array("------mark\r\nContent-Disposition: form-data; \($0.head)\r\n\r\n".utf8) + $0.bytes + Array("\r\n".utf8)
    }
      + Array("------mark--\r\n".utf8)
  }

  @Test("fields and files keep every byte, also line ends and marks that are not the boundary")
  func bytes() throws {
    let file = Array("ISA*00~\r\n\r\n--mark\r\n------mar\r\n".utf8) + [0, 255]
    let body = Self.body([
      ("name=\"form\"", Array("key".utf8)),
      ("name=\"file\"; filename=\"claims.837\"\r\nContent-Type: application/octet-stream", file),
    ])
    let parts = try MultipartBody(body, contentType: Self.type).parts
    #expect(parts.map(\.name) == ["form", "file"])
    #expect(parts.map(\.bytes) == [Array("key".utf8), file])
    #expect(parts[0].file == nil && parts[1].file == UploadedFile(name: "claims.837", bytes: file))
  }

  @Test("whatever is cut off it, or changed in it, it is read or refused, and nothing traps")
  func damaged() {
    let body = Self.body([("name=\"a\"", [1, 2]), ("name=\"b\"; filename=\"x\"", [3])])
    for end in body.indices.dropLast(4) {
      #expect(throws: APIProblem.self, "cut at \(end)") {
        try MultipartBody(Array(body[..<end]), contentType: Self.type)
      }
    }
    for place in body.indices {
      var changed = body
      changed[place] ^= 0x15
      _ = try? MultipartBody(changed, contentType: Self.type)
    }
    for type in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=other"] {
      #expect(throws: APIProblem.self) { try MultipartBody(body, contentType: type) }
    }
  }
}
