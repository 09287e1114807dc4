package import ClaimFormats
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution
import Foundation

/// Answers eligibility inquiries (270, CoverageEligibilityRequest) from the current member directory. It writes nothing to the store.
package struct EligibilityDesk: Sendable {
  private let store: ClaimStore
  private let plans: [PlanID: BenefitPlan]

  package init(over store: ClaimStore, plans: [PlanID: BenefitPlan]) {
    self.store = store
    self.plans = plans
  }

  /// The results for a file of inquiries.
  package struct Tally: Hashable, Sendable {
    package var active = 0
    package var inactive = 0
    package var notFound = 0
    package var invalid = 0
    /// The faults of the file, in words for people.
    package var faults: [String] = []

    package var count: Int { active + inactive + notFound + invalid }
  }

  /// - Parameter path: the path of the 271, which is written completely or not at all; no file is written when there is
  ///   no inquiry.
  /// - Throws: `InputError`, `StoreFailure`, `MoneyError`; `SetupError.unavailable` when the file cannot be written.
  package func answer(_ source: ClaimSource, to path: String) async throws -> Tally {
    var reader = try InquiryReader(try source.open())
    var tally = Tally()
    var writer = EligibilityAnswerWriter(written: X12Moment(try await store.read { try $0.now }))
    var file: LastingFile?
    do {
      while let item = try reader.next() {
        switch item {
        case .fault(let fault):
          if fault.severity == .error { tally.faults.append("\(fault)") }
        case .inquiry(let inquiry):
          let answer = try await answer(to: inquiry)
          if let problem = inquiry.problems.first {
            tally.faults.append("\(problem.location): an inquiry is not answered: \(problem.reason)")
          }
          do {
            try writer.add(answer, to: inquiry)
            tally.add(answer.standing)
          } catch {
            // The other inquiries are still answered.
            tally.faults.append("\(inquiry.location): cannot be answered: \(error)")
            continue
          }
          file = try file ?? LastingFile(path: path)
          try file?.write(writer.drain())
        }
      }
      writer.finish()
      try file?.write(writer.drain())
      try file?.finish()
    } catch let error as CocoaError {
      throw SetupError.unavailable("\(path): cannot be written: \(error.localizedDescription)")
    }
    return tally
  }

  /// Answers one FHIR request.
  ///
  /// - Throws: `StoreFailure`, `MoneyError`.
  package func answer(
    to request: FHIREligibilityRequest
  ) async throws -> (response: FHIREligibilityResponse, standing: EligibilityAnswer.Standing) {
    let answer = try await answer(to: request.inquiry)
    let today = try await store.read { try $0.now.day }
    return (FHIREligibilityResponse(answer, to: request, created: today), answer.standing)
  }

  /// The most bytes of a file with one FHIR request.
  private static let requestLength = 1 << 21

  /// Answers a file with one FHIR request.
  ///
  /// - Parameter path: the path of the response, which is written completely or not at all.
  /// - Throws: as `answer(_:to:)`.
  package func answerFHIR(_ source: ClaimSource, to path: String) async throws -> Tally {
    let bytes = try source.open().bytes(in: 0..<Self.requestLength + 1)
    var tally = Tally()
    guard bytes.count <= Self.requestLength else {
      tally.faults.append("the file is longer than \(Self.requestLength) bytes; send one request in a file")
      return tally
    }
    do {
      let answer = try await answer(to: try FHIREligibilityRequest(bytes))
      tally.add(answer.standing)
      let file = try LastingFile(path: path)
      try file.write(answer.response.bytes + [UInt8(ascii: "\n")])
      try file.finish()
    } catch let refusal as FHIREligibilityRequest.Refusal {
      tally.faults.append("the request is not answered: \(refusal)")
    } catch let error as CocoaError {
      throw SetupError.unavailable("\(path): cannot be written: \(error.localizedDescription)")
    }
    return tally
  }

  private func answer(to inquiry: EligibilityInquiry) async throws -> EligibilityAnswer {
    guard inquiry.problems.isEmpty, let member = inquiry.memberID else { return EligibilityAnswer(.invalid) }
    let plans = plans
    return try await store.read { transaction in
      let known = try transaction.coverages(of: [member] + [inquiry.subscriber?.memberID].compactMap(\.self))
      let spans = known[member] ?? []
      if inquiry.dependent != nil, let subscriber = inquiry.subscriber, subscriber.isNamed,
        let identity = subscriber.memberID.flatMap({ known[$0]?.lazy.compactMap(\.identity).first }),
        let difference = identity.difference(from: subscriber.name, born: subscriber.birthDate)
      {
        return EligibilityAnswer(.otherPerson(difference))
      }
      if let difference = spans.lazy.compactMap(\.identity).first.flatMap(inquiry.difference) {
        return EligibilityAnswer(.otherPerson(difference))
      }
      let day = try inquiry.day ?? transaction.now.day
      switch CoverageStanding(on: day, among: spans) {
      case .memberUnknown: return EligibilityAnswer(.notFound)
      case .notYetEffective, .terminated: return EligibilityAnswer(.inactive)
      case .active(let coverage):
        let plan = plans[coverage.planID]
        let totals = try plan.map { try Self.totals(of: coverage, plan: $0, on: day, in: transaction) } ?? []
        return EligibilityAnswer(.active(coverage, planName: plan?.name ?? coverage.planID.text), totals: totals)
      }
    }
  }

  private static func totals(
    of coverage: Coverage, plan: BenefitPlan, on day: CalendarDate, in transaction: ClaimTransaction
  ) throws -> [EligibilityAnswer.Total] {
    let year = plan.planYear(of: day)
    let used = try transaction.accumulators(AccumulatorScope.costSharing(of: coverage, planYear: year))
    func total(
      _ kind: EligibilityAnswer.Total.Kind, _ holder: AccumulatorScope.Holder, _ bucket: AccumulatorScope.Bucket,
      of limit: Money, isFamily: Bool
    ) throws -> EligibilityAnswer.Total {
      let scope = AccumulatorScope(holder: holder, planID: coverage.planID, planYear: year, bucket: bucket)
      let left = try limit - (used[scope] ?? .zero)
      return EligibilityAnswer.Total(kind, isFamily: isFamily, limit: limit, left: max(left, .zero))
    }
    var totals: [EligibilityAnswer.Total] = []
    for (kind, bucket, limit) in [
      (EligibilityAnswer.Total.Kind.deductible, AccumulatorScope.Bucket.deductible, plan.deductible),
      (.outOfPocketMaximum, .outOfPocket, plan.outOfPocketMaximum),
    ] {
      // A family with one limit for all its members has no limit for each of them.
      if !coverage.coversFamily || limit.isEmbedded {
        totals.append(
          try total(kind, .member(coverage.memberID), bucket, of: limit.individual, isFamily: false))
      }
      guard coverage.coversFamily else { continue }
      totals.append(try total(kind, .family(coverage.familyID), bucket, of: limit.family, isFamily: true))
    }
    return totals
  }
}

extension EligibilityDesk.Tally {
  fileprivate mutating func add(_ standing: EligibilityAnswer.Standing) {
    switch standing {
    case .active: active += 1
    case .inactive: inactive += 1
    case .notFound, .otherPerson: notFound += 1
    case .invalid: invalid += 1
    }
  }
}
