/// The scope of a running total: one member or one family, in one plan year, of one kind.
package struct AccumulatorScope: Hashable, Comparable, Sendable, Codable {
  package var holder: Holder
  package var planID: PlanID
  package var planYear: Int
  package var bucket: Bucket

  package enum Holder: Hashable, Comparable, Sendable, Codable {
    case member(MemberID)
    case family(FamilyID)
  }

  package init(holder: Holder, planID: PlanID, planYear: Int, bucket: Bucket) {
    self.holder = holder
    self.planID = planID
    self.planYear = planYear
    self.bucket = bucket
  }

  /// The cost-sharing scopes of an enrolled member: deductible and maximum, their own and the family's.
  package static func costSharing(
    of coverage: Coverage, planYear: Int, network: NetworkStatus = .inNetwork
  ) -> [AccumulatorScope] {
    let holders: [Holder] = [.member(coverage.memberID), .family(coverage.familyID)]
    return holders.flatMap { holder in
      [Bucket.deductible(network), .outOfPocket(network)].map {
        AccumulatorScope(holder: holder, planID: coverage.planID, planYear: planYear, bucket: $0)
      }
    }
  }

  /// The scopes in which a benefit's limits are counted. Each member has separate limits.
  package static func limits(of benefit: BenefitRule, for coverage: Coverage, planYear: Int) -> [AccumulatorScope] {
    let buckets = [
      benefit.limit?.visits.map { _ in Bucket.visits(benefit: benefit.id) },
      benefit.limit?.amount.map { _ in Bucket.paid(benefit: benefit.id) },
    ]
    return buckets.compactMap(\.self).map {
      AccumulatorScope(
        holder: .member(coverage.memberID), planID: coverage.planID, planYear: planYear, bucket: $0)
    }
  }

  /// The fixed order in which scopes are locked.
  package static func < (left: Self, right: Self) -> Bool {
    (left.holder, left.planID, left.planYear, left.bucket) < (right.holder, right.planID, right.planYear, right.bucket)
  }
}

extension AccumulatorScope {
  /// What a total counts. Care inside and outside the plan's network is counted separately, and so is each benefit with
  /// a limit.
  package enum Bucket: Hashable, Sendable {
    case deductible
    case outOfPocket
    case outOfNetworkDeductible
    case outOfNetworkOutOfPocket
    /// The number of visits that a member had under a benefit. This is the only total that is not an amount: a visit
    /// counts as `Bucket.visit`.
    case visits(benefit: String)
    /// What the plan paid under a benefit for a member.
    case paid(benefit: String)

    /// What the claims of one day and provider used of a benefit's copay.
    case copay(benefit: String, visit: String)

    /// The value of one visit in a ledger that counts in cents.
    package static let visit = Money(cents: 1)

    static func visit(on day: CalendarDate, to provider: String) -> String { "\(day) \(provider)" }

    /// Whether the bucket is a deductible, in the network or out of it.
    package var isDeductible: Bool { self == .deductible || self == .outOfNetworkDeductible }

    private static let visitsStem = "visits:"
    private static let paidStem = "paid:"
    private static let copayStem = "copay:"
  }
}

extension AccumulatorScope.Bucket: RawRepresentable, Codable, Comparable {
  /// The bucket's text in the ledger.
  package var rawValue: String {
    switch self {
    case .deductible: "deductible"
    case .outOfPocket: "out-of-pocket"
    case .outOfNetworkDeductible: "deductible:out-of-network"
    case .outOfNetworkOutOfPocket: "out-of-pocket:out-of-network"
    case .visits(let benefit): Self.visitsStem + benefit
    case .paid(let benefit): Self.paidStem + benefit
    // The benefit is prefixed with its length, so any content is unambiguous.
    case .copay(let benefit, let visit): "\(Self.copayStem)\(benefit.utf8.count):\(benefit):\(visit)"
    }
  }

  package init?(rawValue: String) {
    func benefit(after stem: String) -> String? {
      rawValue.hasPrefix(stem) && rawValue != stem ? String(rawValue.dropFirst(stem.count)) : nil
    }
    switch rawValue {
    case "deductible": self = .deductible
    case "out-of-pocket": self = .outOfPocket
    case "deductible:out-of-network": self = .outOfNetworkDeductible
    case "out-of-pocket:out-of-network": self = .outOfNetworkOutOfPocket
    default:
      if let benefit = benefit(after: Self.visitsStem) {
        self = .visits(benefit: benefit)
      } else if let benefit = benefit(after: Self.paidStem) {
        self = .paid(benefit: benefit)
      } else if let copay = Self.copay(in: rawValue) {
        self = copay
      } else {
        return nil
      }
    }
  }

  private static func copay(in text: String) -> Self? {
    let parts = text.dropFirst(copayStem.count).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard text.hasPrefix(copayStem), parts.count == 2, let length = Int(parts[0]), length > 0,
      let end = parts[1].utf8.index(parts[1].startIndex, offsetBy: length, limitedBy: parts[1].endIndex),
      parts[1][end...].first == ":"
    else { return nil }
    return .copay(benefit: String(parts[1][..<end]), visit: String(parts[1][end...].dropFirst()))
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  static func deductible(_ network: NetworkStatus) -> Self {
    network == .inNetwork ? .deductible : .outOfNetworkDeductible
  }

  static func outOfPocket(_ network: NetworkStatus) -> Self {
    network == .inNetwork ? .outOfPocket : .outOfNetworkOutOfPocket
  }
}
