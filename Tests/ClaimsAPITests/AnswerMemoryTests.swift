import DurableExecution
import TestSupport
import Testing

@testable import ClaimsAPI

@Suite("What is remembered of answers is what the store has, and no more than there is room for")
struct AnswerMemoryTests {
  private static func request(_ number: Int, _ body: String = "x") throws -> KeyRequest {
    KeyRequest(
      key: KeyText(effect: "http", segments: ["clinic", "\(number)"]), fingerprint: try Fingerprint(of: [body]),
      agent: AgentVersion("clinic", ""), owner: WorkerID("w"), lease: .seconds(1), retention: .workflow)
  }

  private static func answer(_ bytes: Int) -> StoredResponse {
    APIAnswer(status: 200, contentType: "text/plain", bytes: [UInt8](repeating: 65, count: bytes)).stored
  }

  @Test("an answer is that of its request; the same key with another request is not known")
  func same() throws {
    let memory = AnswerMemory()
    memory.remember(Self.answer(3), to: try Self.request(1))
    #expect(memory.answer(to: try Self.request(1))?.bytes == [65, 65, 65])
    #expect(memory.answer(to: try Self.request(1, "y")) == nil)
    #expect(memory.answer(to: try Self.request(2)) == nil)
    memory.remember(Self.answer(9), to: try Self.request(1, "y"))
    #expect(memory.answer(to: try Self.request(1))?.bytes.count == 3, "the first answer stays")
  }

  @Test("however many come, they take no more than the room, and the newest are there")
  func bounded() throws {
    let memory = AnswerMemory(capacity: 100_000)
    let seed = UInt64.random(in: .min ... .max)
    print("answers in memory: seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    for number in 1...5_000 {
      memory.remember(Self.answer(Int.random(in: 0...3_000, using: &generator)), to: try Self.request(number))
      #expect(memory.answer(to: try Self.request(number)) != nil)
      #expect(memory.count <= 100_000 / 512)
    }
    memory.remember(Self.answer(50_000), to: try Self.request(9_999))
    #expect(memory.answer(to: try Self.request(9_999)) == nil, "one that takes most of the room is left to the store")
  }
}
