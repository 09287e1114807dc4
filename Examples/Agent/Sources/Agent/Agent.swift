import DurableExecution
import Foundation

struct Assignment: Codable, Sendable {
  var id: String
  var goal: String
}

/// One turn of the conversation: the transcript so far. The turn's number is part of the key, so that the third
/// question about a task remains the third question, whichever process asks it.
struct Turn: Codable, Sendable {
  var task: String
  var number: Int
  var transcript: [String]
}

/// A tool that the model asks for, and the turn in which it asks.
struct ToolCall: Codable, Sendable {
  var task: String
  var turn: Int
  var tool: String
  var argument: String
}

/// The model's answer: the tool to use next, or the final text.
struct Answer: Codable, Sendable {
  var tool: String?
  var argument: String
}

struct Agent: Sendable {
  static let ask = RemoteEffect("ask", key: { (turn: Turn) in [turn.task, "\(turn.number)"] }, returns: Answer.self)
  static let use = RemoteEffect(
    "use", key: { (call: ToolCall) in [call.task, "\(call.turn)", call.tool] }, returns: String.self)

  let model: Model
  let tools: Tools

  var flow: Flow<Assignment, String> {
    Flow("agent", key: { [$0.id] }, returns: String.self) { [self] task, durable in
      var transcript = [task.goal]
      for number in 1...20 {
        let turn = Turn(task: task.id, number: number, transcript: transcript)
        let answer = try await durable.once(Self.ask, for: turn) { call in
          try model.answer(to: call.request, as: call.trackingID)
        } whenInDoubt: { call in
          try model.standing(of: call.trackingID)
        }
        guard let tool = answer.tool else { return answer.argument }
        let use = ToolCall(task: task.id, turn: number, tool: tool, argument: answer.argument)
        let result = try await durable.once(Self.use, for: use) { call in
          try tools.use(call.request, as: call.trackingID)
        } whenInDoubt: { call in
          try tools.standing(of: call.trackingID)
        }
        transcript += ["\(tool)(\(answer.argument))", result]
      }
      throw EffectRefusal("too-long", "the model came to no end in 20 turns")
    }
  }
}
