import DurableExecution
import DurableSQLite
import Foundation

// shop ORDER ARTICLE   runs one order. Run it twice, kill it at any point, or start two at once.
// shop resume          continues the orders that a killed process left unfinished.

let durable = try await Durable(.sqlite("shop.db"), lease: .seconds(1))
let shop = Shop(durable: durable, bank: OtherSystem(log: "bank.log"), courier: OtherSystem(log: "courier.log"))
try await shop.open(stock: ["book": 3, "lamp": 1, "anvil": 1])

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "resume" {
  print("resumed \(try await durable.resume(shop.fulfill))")
} else if let number = arguments.first, let article = arguments.dropFirst().first {
  do {
    print(try await durable.run(shop.fulfill, Order(number: number, article: article)).text)
  } catch let refusal as EffectRefusal {
    print("refused: \(refusal)")
  }
}
