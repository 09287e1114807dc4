import ClaimFormats
import ClaimOperations
import ClaimStore
import DurableExecution
import Foundation
import Synchronization
import TestSupport
import Testing

/// A model that does as it is told, and counts what it would charge for.
private final class CountingModel: PageModel {
  let name = "reader-1"
  private let state: Mutex<(reply: RemoteReply<[UInt8]>, isThere: Bool, asked: Int)>

  init(_ reply: RemoteReply<[UInt8]>, isThere: Bool = true) { state = Mutex((reply, isThere, 0)) }

  var asked: Int { state.withLock { $0.asked } }

  func appear() { state.withLock { $0.isThere = true } }

  func unreachable() async -> ActivityFailure? {
    state.withLock { $0.isThere } ? nil : PageModelFailure.unreachable.failure("it cannot be reached")
  }

  func ask(_ question: PageQuestion) async -> RemoteReply<[UInt8]> {
    state.withLock { state in
      state.asked += 1
      return state.reply
    }
  }

  static func saying(_ content: String) -> RemoteReply<[UInt8]> {
    let message = ["choices": [["message": ["content": content]]]]
    return .done([UInt8]((try? JSONSerialization.data(withJSONObject: message)) ?? Data()))
  }
}

@Suite("A language model is asked about a form in doubt once, and decides nothing", .postgres)
struct ModelReadingTests {
  private static func intake(_ office: FormOffice, _ form: SampleForm, _ model: CountingModel) -> (
    FormIntake, ModelReader
  ) {
    let reader = ModelReader(office.store, asking: model, by: ClaimsWorld.runner(), price: .init(cents: 2))
    return (
      FormIntake(office.store, source: SampleFormSource([form]), receivedOn: FormOffice.day, model: reader), reader
    )
  }

  /// A form of which the engine was half sure.
  private static let faint = SampleForm { ($0.faint, $0.confidence) = (["G0463"], 60) }

  private static func key(_ form: SampleForm) throws -> KeyText {
    ModelReadingKey(pageDigest: ContentDigest.sha256(try form.found().pages[0].image), model: "reader-1").text
  }

  @Test("a form without doubt is shown to nobody", arguments: StoreKind.allCases)
  func sure(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = CountingModel(CountingModel.saying("{}"))
    let (intake, reader) = Self.intake(office, SampleForm(), model)
    #expect(try await intake.take([], from: "a.pdf").first?.claim != nil)
    #expect(model.asked == 0 && reader.counts == .init())
  }

  @Test(
    "where the model reads what the engine half read, the form is a claim; again, it costs nothing",
    arguments: StoreKind.allCases)
  func agreement(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = CountingModel(CountingModel.saying(#"{"24D.1": "G0463"}"#))
    let (intake, reader) = Self.intake(office, Self.faint, model)
    for _ in 0..<3 { #expect(try await intake.take([], from: "a.pdf").first?.claim != nil) }
    #expect(model.asked == 1)
    #expect(reader.counts.asked == 1 && reader.counts.replayed == 2 && reader.counts.saved == .init(cents: 4))
    // Another process finds the answer on record, byte for byte.
    let (other, _) = Self.intake(office, Self.faint, model)
    #expect(try await other.take([], from: "b.pdf").first?.claim != nil && model.asked == 1)
    let key = try Self.key(Self.faint)
    let record = try #require(try await office.store.read { try $0.records(for: [key])[key] })
    guard case .completed(let response, _) = record.state else {
      Issue.record("nothing is on record")
      return
    }
    #expect(CountingModel.saying(#"{"24D.1": "G0463"}"#) == .done(response.bytes))
  }

  @Test(
    "a model that lies or talks nonsense changes nothing: the form waits, and what it said is shown",
    arguments: StoreKind.allCases, [#"{"24D.1": "60463"}"#, "Sorry, no.", #"{"24D.1": 7}"#])
  func nonsense(on kind: StoreKind, content: String) async throws {
    let office = try await FormOffice(on: kind)
    let model = CountingModel(CountingModel.saying(content))
    let (intake, reader) = Self.intake(office, Self.faint, model)
    let kept = try #require(try await intake.take([], from: "a.pdf").first?.kept)
    let field = try #require(try await office.form(kept.id).current.doubtful.first)
    #expect(field.field == "24D.1" && field.doubts == [.faint] && field.value == "G0463")
    #expect(field.modelText == (content.contains("60463") ? "60463" : nil))
    #expect(reader.counts.useless == (content.contains("60463") ? 0 : 1))
    #expect(try await intake.take([], from: "a.pdf").first?.kept == kept && model.asked == 1)
  }

  @Test(
    "an answer that was lost or refused is not asked for again: a person reads the form", arguments: StoreKind.allCases,
    [true, false])
  func lost(on kind: StoreKind, isLost: Bool) async throws {
    let office = try await FormOffice(on: kind)
    let failure = (isLost ? PageModelFailure.lost : .refused).failure("no answer")
    let model = CountingModel(isLost ? .unclear(failure) : .refused(failure))
    let (intake, reader) = Self.intake(office, Self.faint, model)
    // A process that ends before the form is on record, and another one after it.
    #expect(try await reader.reading(of: Self.faint.found()) == Self.faint.found().reading)
    let kept = try #require(try await intake.take([], from: "a.pdf").first?.kept)
    #expect(try await office.form(kept.id).current.doubtful.map(\.doubts) == [[.faint]])
    #expect(reader.counts.unanswered == 2 && reader.counts.asked == 1)
    #expect(model.asked == 1)
    let key = try Self.key(Self.faint)
    let record = try #require(try await office.store.read { try $0.records(for: [key])[key] })
    #expect(record.status == (isLost ? .pending : .failed))
    let standing = await ModelReadingActivity(model: model).standing(of: [
      RemoteCall(
        request: .init(key: ModelReadingKey(pageDigest: "d", model: "m"), kind: .cms1500, picture: []),
        idempotencyKey: key, trackingID: TrackingID(of: key), epoch: .first)
    ])
    guard case .unknown(let doubt) = standing[key] else {
      Issue.record("an endpoint that cannot be asked knows something")
      return
    }
    #expect(doubt.isTerminal && doubt.code == "page-model-answer-lost")
  }

  @Test("while the endpoint is out of reach nothing is intended, and the form waits", arguments: StoreKind.allCases)
  func unreachable(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = CountingModel(CountingModel.saying("{}"), isThere: false)
    let (intake, reader) = Self.intake(office, Self.faint, model)
    #expect(try await intake.take([], from: "a.pdf").first?.kept != nil)
    #expect(model.asked == 0 && reader.counts.unanswered == 1)
    let key = try Self.key(Self.faint)
    #expect(try await office.store.read { try $0.records(for: [key]) }.isEmpty)
  }
}
