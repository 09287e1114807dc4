// Ships an order once, however often it runs and wherever it is killed.
//
//     PAIDONCE_URL=http://127.0.0.1:8080 PAIDONCE_TOKEN=… HTTPAgent ORDER SHIPMENTS
//
// SHIPMENTS is a file that plays the parcel service. It has one line for each parcel, which begins with the tracking ID.
import Crypto
import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let order = arguments.first, let shipments = arguments.last,
  let keys = EffectKeys(ProcessInfo.processInfo.environment)
else { fail("usage: PAIDONCE_URL=… PAIDONCE_TOKEN=… HTTPAgent ORDER SHIPMENTS") }
let parcels = ParcelService(file: shipments)

struct Order: Codable {
  var order: String
}

// The key is the business effect itself: the same order always has the same key.
let key = "ship:\(order)"
let encoder = JSONEncoder()
encoder.outputFormatting = .sortedKeys
let fingerprint = SHA256.hash(data: try encoder.encode(Order(order: order))).map { byte in
  String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
}.joined()

let owned: EffectKeys.Owned
switch try await keys.acquire(key, fingerprint: fingerprint) {
case .replayed:
  print("shipped before")
  exit(0)
case .refused(let why): fail(why)
case .owned(let key): owned = key
}
// An earlier owner of the key is gone, and may have prepared. Whether it shipped, only the parcel service knows.
if !owned.takenOver || !parcels.haveSent(owned.trackingID) {
  // The ID is on record before anything is sent, so the next owner of the key asks the parcel service about it.
  try await keys.prepare(key, epoch: owned.epoch, trackingID: owned.trackingID)
  crash(at: "prepared")
  try parcels.send(order, under: owned.trackingID)
}
crash(at: "shipped")
try await keys.complete(key, epoch: owned.epoch, body: #"{"tracking_id": "\#(owned.trackingID)"}"#)
print("shipped")

func crash(at point: String) {
  if ProcessInfo.processInfo.environment["CRASH"] == point { kill(getpid(), SIGKILL) }
}

func fail(_ why: String) -> Never {
  FileHandle.standardError.write(Data("\(why)\n".utf8))
  exit(1)
}
