import DurableExecution
import DurableSQLite

let courier = Courier(log: "courier.log")
let ship = RemoteEffect("ship", key: { (order: String) in [order] }, returns: String.self)
let durable = try await Durable(.sqlite("shop.db"), lease: .seconds(1))
let box = try await durable.once(ship, for: "4711") { call in
  try courier.send(call.request, as: call.trackingID)
} whenInDoubt: { call in
  try courier.status(of: call.trackingID)
}
print(box)
