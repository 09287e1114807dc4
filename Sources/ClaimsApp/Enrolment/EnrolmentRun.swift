package import ClaimFormats
package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution

/// Takes 834 files into the member directory, a page of people at a time.
package struct EnrolmentRun<Store: ClaimStore>: Sendable {
  private let agent: EnrolmentAgent<Store>
  private let plans: Set<PlanID>
  private let standard: PlanID?

  private static var page: Int { 200 }

  /// What became of something in a file. None of it names a person.
  package enum News: Sendable {
    /// - Parameter before: it had been taken in already.
    case enrolled(EnrolmentResponse, before: Bool)
    case passedOver(String, at: String)
    case refused(String, at: String)
    case fault(FileFault)
  }

  package init(
    over store: Store, runner: DurableRunner? = nil, plans: some Sequence<PlanID>, standard: PlanID?
  ) {
    agent = EnrolmentAgent(store: store, runner: runner ?? DurableRunner(worker: .thisProcess()))
    self.plans = Set(plans)
    self.standard = standard
  }

  /// - Parameter tell: given what became of each person, in the order of the file.
  /// - Throws: `InputError`, `StoreFailure`. Run again, it goes on.
  package func take(_ source: ClaimSource, tell: (News) -> Void) async throws {
    var reader = try EnrolmentReader(try source.open())
    var page: [(change: EnrolmentChange, place: String)] = []
    func flush() async throws {
      let outcomes = try await agent.enrol(page.map(\.change))
      for (item, outcome) in zip(page, outcomes) { tell(News(outcome, at: item.place)) }
      page = []
    }
    while let item = try reader.next() {
      switch item {
      case .fault(let fault): tell(.fault(fault))
      case .member(let member):
        switch EnrolmentResolution(member, plans: plans, standard: standard) {
        case .change(let change): page.append((change, "\(member.location)"))
        case .passedOver(let why):
          try await flush()
          tell(.passedOver(why, at: "\(member.location)"))
        case .refused(let why, let place):
          try await flush()
          tell(.refused(why, at: "\(place)"))
        }
        if page.count == Self.page { try await flush() }
      }
    }
    if !page.isEmpty { try await flush() }
  }
}

extension EnrolmentRun.News {
  fileprivate init(_ outcome: ActivityOutcome<EnrolmentResponse>, at place: String) {
    switch outcome {
    case .completed(let done): self = .enrolled(done.response, before: done.isReplay)
    case .failed(let failure, _): self = .refused(failure.message, at: place)
    case .inProgress: self = .refused("another process is at it; run it again", at: place)
    case .mismatch: self = .refused("it was taken in before, for another plan", at: place)
    }
  }
}
