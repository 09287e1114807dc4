import Foundation

/// A stand-in for a parcel service, which can look up a tracking ID.
struct ParcelService {
  let file: String

  func haveSent(_ trackingID: String) -> Bool {
    let lines = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return lines.split(separator: "\n").contains { $0.split(separator: " ").first.map(String.init) == trackingID }
  }

  func send(_ order: String, under trackingID: String) throws {
    if !FileManager.default.fileExists(atPath: file) { FileManager.default.createFile(atPath: file, contents: nil) }
    let parcels = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
    try parcels.seekToEnd()
    try parcels.write(contentsOf: Data("\(trackingID) \(order)\n".utf8))
    try parcels.close()
  }
}
