import Foundation

/// A JSON object of texts, written by hand: a general encoder takes as long as the statements of a payment.
enum FlatJSON {
  /// - Parameter members: written in this order, so that the same answer has the same bytes.
  static func object(_ members: KeyValuePairs<String, String>) -> Data {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    for (name, value) in members {
      bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
      quote(name, into: &bytes)
      bytes.append(UInt8(ascii: ":"))
      quote(value, into: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    return Data(bytes)
  }

  /// RFC 8259, section 7: the quotation mark, the backslash and the control characters must be escaped.
  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        bytes += "\\u00".utf8
        bytes += [hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 0xF)]]
      default:
        bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}
