import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsDomain
import DurableExecution
import PageModels
import Synchronization
import TestSupport
import Testing

@Suite("A language model is asked about a page in doubt once, and decides nothing", .postgres)
struct ModelReadingTests {
  private static let cost = Money(cents: 2)

  /// A form with a box that was hardly read.
  private static let faint = SampleForm { ($0.faint, $0.confidence) = (["G0463"], 60) }

  /// A form without a box that must say something.
  private static let missing = SampleForm { ($0.billingNPI, $0.paper) = ("", "b") }

  /// What asks the model in a process of its own.
  private static func reader(
    _ office: FormOffice, _ model: StandInModel, price: Money? = Self.cost, timeout: Duration = .seconds(600),
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> ModelReader {
    let client = ChatCompletions(
      try ModelEndpoint(model.url), model: "reader-1", token: ModelToken("sk-made-up"), timeout: timeout,
      reach: .seconds(600))
    return ModelReader(office.store, asking: client, by: ClaimsWorld.runner(), price: price, report: report)
  }

  private static func take(_ form: SampleForm, _ office: FormOffice, _ reader: ModelReader?) async throws
    -> FormIntake.Taken?
  {
    try await FormIntake(
      office.store, source: SampleFormSource([form]), receivedOn: FormOffice.day, model: reader
    ).take([], from: "a.pdf").first
  }

  private static func heard(_ form: SampleForm, _ reader: ModelReader) async throws -> FormReading {
    let found = try form.found()
    return try await reader.reading(of: found.reading, pages: found.pages)
  }

  private static func record(_ form: SampleForm, _ office: FormOffice) async throws -> KeyRecord? {
    let key = ModelReadingKey(pageDigest: ContentDigest.sha256(try form.found().pages[0].image), model: "reader-1").text
    return try await office.store.read { try $0.records(for: [key])[key] }
  }

  /// What a model that reads every box says.
  private static let everything = StandInModel.Behavior.says(
    #"{"24D.1": "G0463", "33a": "1234567893", "28": "200 00"}"#)

  @Test("a form without doubt is shown to nobody", arguments: StoreKind.allCases)
  func sure(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = try await StandInModel(Self.everything)
    let reader = try Self.reader(office, model)
    #expect(try await Self.take(SampleForm(), office, reader)?.claim != nil)
    #expect(model.questions.isEmpty && reader.counts == .init(saved: .zero))
  }

  @Test(
    "what the model reads is shown to the person for whom the box waits, whether it agrees or is the only one to read it",
    arguments: StoreKind.allCases)
  func waits(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = try await StandInModel(Self.everything)
    let reader = try Self.reader(office, model)
    for (form, field, doubt, value, read) in [
      (Self.faint, "24D.1", FieldDoubt.faint, "G0463", "G0463"), (Self.missing, "33a", .missing, nil, "1234567893"),
    ] as [(SampleForm, String, FieldDoubt, String?, String)] {
      let kept = try #require(try await Self.take(form, office, reader)?.kept)
      #expect(kept.doubts == 1)
      let current = try await office.form(kept.id).current
      #expect(current.doubtful.map(\.field) == [field])
      let waiting = try #require(current.doubtful.first)
      #expect(waiting.doubts == [doubt] && waiting.value == value && waiting.modelValue == read)
      #expect(current.fields.allSatisfy { $0.modelValue == nil || $0.field == field })
      await #expect(throws: FormRefusal.self) { try await office.accept(kept.id) }
      // The form is on record, and what is on record is not read again.
      #expect(try await Self.take(form, office, reader)?.kept == kept)
    }
    #expect(model.charges == 2 && reader.counts.asked == 2 && reader.counts.replayed == 0)
    #expect(try await office.world.standingPayments().isEmpty)
  }

  @Test(
    "an answer is stored as it came, and another process takes it from there and pays nothing",
    arguments: StoreKind.allCases)
  func replay(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = try await StandInModel(Self.everything)
    // This process ends before the form is on record.
    let first = try await Self.heard(Self.faint, Self.reader(office, model))
    model.become(.says(#"{"24D.1": "99213"}"#))
    let other = try Self.reader(office, model)
    #expect(try await Self.heard(Self.faint, other) == first && first.doubtful.first?.modelValue == "G0463")
    #expect(model.charges == 1)
    #expect(other.counts.asked == 0 && other.counts.replayed == 1 && other.counts.saved == Self.cost)
    let unpriced = try Self.reader(office, model, price: nil)
    _ = try await Self.heard(Self.faint, unpriced)
    #expect(unpriced.counts.replayed == 1 && unpriced.counts.saved == nil && model.charges == 1)
    guard case .answers(_, let body) = Self.everything,
      case .completed(let response, _) = try await Self.record(Self.faint, office)?.state
    else {
      Issue.record("no answer is on record")
      return
    }
    #expect(response.bytes == body)
  }

  @Test("of processes that read one page at once, one pays", arguments: StoreKind.allCases)
  func twins(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = try await StandInModel(Self.everything)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask { _ = try await Self.heard(Self.faint, Self.reader(office, model)) }
      }
      try await group.waitForAll()
    }
    #expect(model.charges == 1 && model.questions.count == 1)
  }

  /// What a model may say that is not what the form says, and what of it is shown.
  private static let unfit: [(behavior: StandInModel.Behavior, shown: String?)] = [
    (.says(#"{"24D.1": "60463"}"#), "60463"), (.says(#"{"24D.1": "\u001b[2JG0463"}"#), nil), (.says("Sorry, no."), nil),
    (.says(#"{"24D.1": 7}"#), nil), (.says("{}"), nil), (.says(String(repeating: "[", count: 200_000)), nil),
    (.answers("<html>"), nil), (.answers(""), nil), (.answers(status: 200, body: [0, 0xFF, 0x1B]), nil),
  ]

  @Test(
    "a model that lies or talks nonsense changes nothing, and is not asked again", arguments: StoreKind.allCases,
    unfit.indices)
  func nonsense(on kind: StoreKind, index: Int) async throws {
    let (behavior, shown) = Self.unfit[index]
    let office = try await FormOffice(on: kind)
    let model = try await StandInModel(behavior)
    _ = try await Self.heard(Self.faint, Self.reader(office, model))
    let kept = try #require(try await Self.take(Self.faint, office, Self.reader(office, model))?.kept)
    let field = try #require(try await office.form(kept.id).current.doubtful.first)
    #expect(field.field == "24D.1" && field.doubts == [.faint] && field.value == "G0463" && field.modelValue == shown)
    #expect(model.charges == 1 && model.questions.count == 1)
  }

  @Test(
    "an answer that was lost is in doubt, and is not asked for again when the endpoint is well",
    arguments: StoreKind.allCases,
    [StandInModel.Behavior.hangs, .stalls, .answers(status: 500, "")].indices)
  func lost(on kind: StoreKind, index: Int) async throws {
    let office = try await FormOffice(on: kind)
    let model = try await StandInModel([.hangs, .stalls, .answers(status: 500, "")][index])
    let lines = Mutex<[String]>([])
    let reader = try Self.reader(office, model, timeout: .seconds(20)) { line in lines.withLock { $0.append(line) } }
    #expect(try await Self.heard(Self.faint, reader) == Self.faint.found().reading)
    #expect(reader.counts.asked == 1 && reader.counts.unanswered == 1)
    #expect(lines.withLock { $0.count } == 1)
    #expect(lines.withLock { $0.allSatisfy { !$0.contains("sk-made-up") && $0.contains("page-model-answer-lost") } })
    model.become(Self.everything)
    office.world.letLeasesEnd()
    let other = try Self.reader(office, model)
    let kept = try #require(try await Self.take(Self.faint, office, other)?.kept)
    #expect(try await office.form(kept.id).current.doubtful.map(\.modelValue) == [nil])
    #expect(other.counts.asked == 0 && other.counts.unanswered == 1 && other.counts.replayed == 0)
    #expect(model.charges == 1 && model.questions.count == 1)
    #expect(try await Self.record(Self.faint, office)?.status == .pending)
  }

  @Test("a refused question is a failure on record, and is not asked again", arguments: StoreKind.allCases)
  func refused(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = try await StandInModel(.answers(status: 400, "no"))
    #expect(try await Self.heard(Self.faint, Self.reader(office, model)) == Self.faint.found().reading)
    model.become(Self.everything)
    #expect(try await Self.heard(Self.faint, Self.reader(office, model)) == Self.faint.found().reading)
    #expect(model.questions.count == 1 && model.charges == 0)
    #expect(try await Self.record(Self.faint, office)?.status == .failed)
  }

  @Test(
    "while the endpoint is out of reach no page leaves and nothing is intended, and the form waits",
    arguments: StoreKind.allCases)
  func unreachable(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = try await StandInModel(Self.everything, health: 401)
    let reader = try Self.reader(office, model)
    #expect(try await Self.take(Self.faint, office, reader)?.kept != nil)
    #expect(model.questions.isEmpty && reader.counts.asked == 0 && reader.counts.unanswered == 1)
    #expect(try await Self.record(Self.faint, office) == nil)
  }

  @Test(
    "an endpoint that lost an answer is left alone for a while, so that the other forms do not wait for it",
    arguments: StoreKind.allCases)
  func rest(on kind: StoreKind) async throws {
    let office = try await FormOffice(on: kind)
    let model = try await StandInModel(.answers(status: 503, ""))
    let reader = try Self.reader(office, model)
    for form in [Self.faint, Self.missing] { #expect(try await Self.take(form, office, reader)?.kept != nil) }
    #expect(model.questions.count == 1 && reader.counts.asked == 1 && reader.counts.unanswered == 2)
    #expect(try await Self.record(Self.missing, office) == nil)
  }
}
