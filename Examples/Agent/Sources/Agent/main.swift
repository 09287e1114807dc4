import DurableExecution
import DurableSQLite
import Foundation

// agent TASK   lets a model plan a task and carries out the tools that the model asks for. Run it again, or kill it at
// any point: the model is asked once for each turn, each tool acts once, and the answer is the same to the byte.

let durable = try await Durable(.sqlite("agent.db"), lease: .seconds(1))
let agent = Agent(model: Model(log: "model.log"), tools: Tools(log: "tools.log"))
let task = Assignment(
  id: CommandLine.arguments.dropFirst().first ?? "task-1", goal: "refund order 4711 and tell the customer")
print(try await durable.run(agent.flow, task))
