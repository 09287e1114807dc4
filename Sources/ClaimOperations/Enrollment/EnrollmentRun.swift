package import ClaimFormats
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Loads 834 files, and FHIR files of Coverages and Patients, into the member directory, a page of people at a time.
package struct EnrollmentRun: Sendable {
  private let agent: EnrollmentAgent
  private let plans: Set<PlanID>
  private let standard: PlanID?

  private static var page: Int { 200 }
  private static var largestPage: Int { 1_000 }

  /// The result for one item in a file. No case names a person.
  package enum News: Sendable {
    /// - Parameter before: whether the change had already been taken in.
    case enrolled(EnrollmentResponse, before: Bool)
    case passedOver(String, at: String)
    case refused(String, at: String)
    case fault(FileFault)
  }

  package init(
    over store: ClaimStore, runner: DurableRunner? = nil, plans: some Sequence<PlanID>, standard: PlanID?
  ) {
    agent = EnrollmentAgent(store: store, runner: runner ?? DurableRunner(worker: .thisProcess()))
    self.plans = Set(plans)
    self.standard = standard
  }

  /// - Parameter tell: receives the result for each person, in the order of the file.
  /// - Throws: `InputError`, `StoreFailure`. A second run continues where this one stopped.
  package func take(_ source: ClaimSource, tell: (News) -> Void) async throws {
    var reader = try EnrollmentFileReader(try source.open())
    var page: [Entry] = []
    while let item = try reader.next() {
      switch item {
      case .fault(let fault): tell(.fault(fault))
      case .member(let member):
        let entry = Entry(EnrollmentResolution(member, plans: plans, standard: standard), at: member.location)
        // The members of a family that are adjacent in the file are enrolled together.
        if page.count >= Self.page, page.count >= Self.largestPage || entry.beginsFamily(after: page) {
          try await take(page, tell: tell)
          page = []
        }
        page.append(entry)
      }
    }
    try await take(page, tell: tell)
  }

  private func take(_ page: [Entry], tell: (News) -> Void) async throws {
    let changes = page.enumerated().compactMap { line, entry in entry.change.map { (change: $0, from: line) } }
    let enrolled = changes.isEmpty ? [] : try await agent.enroll(changes)
    let outcomes = Dictionary(uniqueKeysWithValues: enrolled.map { ($0.from, $0.outcome) })
    for (line, entry) in page.enumerated() {
      switch entry {
      case .change(_, let place): if let outcome = outcomes[line] { tell(News(outcome, at: place)) }
      case .told(let news): tell(news)
      }
    }
  }

  /// A person in a file.
  private enum Entry {
    case change(EnrollmentChange, at: String)
    case told(News)

    init(_ resolution: EnrollmentResolution, at place: SourceLocation) {
      self =
        switch resolution {
        case .change(let change): .change(change, at: "\(place)")
        case .passedOver(let why): .told(.passedOver(why, at: "\(place)"))
        case .refused(let problems, _): .told(.refused(for: problems, at: place))
        }
    }

    var change: EnrollmentChange? {
      guard case .change(let change, _) = self else { return nil }
      return change
    }

    /// Returns whether the entry begins a new family. An entry without a change belongs to the family before it.
    func beginsFamily(after page: [Entry]) -> Bool {
      guard let change else { return false }
      return page.lazy.reversed().compactMap(\.change).first?.familyID != change.familyID
    }
  }
}

extension EnrollmentRun.News {
  /// The first reason, and a hint if there are others.
  fileprivate static func refused(for problems: [StatedProblem], at place: SourceLocation) -> Self {
    let further = problems.count > 1 ? " (`claims check` tells what else is wrong)" : ""
    return .refused(
      (problems.first?.reason ?? "") + further, at: "\(problems.first?.location ?? place)")
  }

  fileprivate init(_ outcome: ActivityOutcome<EnrollmentResponse>, at place: String) {
    switch outcome {
    case .completed(let done): self = .enrolled(done.response, before: done.isReplay)
    case .failed(let failure, _): self = .refused(failure.message, at: place)
    case .inProgress: self = .refused("another process is enrolling this person; run it again", at: place)
    case .mismatch: self = .refused("it was taken in before, for another plan", at: place)
    }
  }
}
