import ClaimsDomain

extension BenefitPlan {
  /// Returns the limit that the plan sets for a total; nil if it sets none.
  func limit(of bucket: AccumulatorScope.Bucket) -> FamilyLimit? {
    switch bucket {
    case .copay(let id, _): benefits.first { $0.id == id }.map { FamilyLimit(individual: $0.copay, family: $0.copay) }
    case .deductible: deductible
    case .outOfPocket: outOfPocketMaximum
    case .outOfNetworkDeductible: outOfNetwork?.deductible
    case .outOfNetworkOutOfPocket: outOfNetwork?.outOfPocketMaximum
    case .visits(let id):
      benefits.first { $0.id == id }?.limit?.visits.map { Money(cents: Int64($0)) }
        .map { FamilyLimit(individual: $0, family: $0) }
    case .paid(let id):
      benefits.first { $0.id == id }?.limit?.amount.map { FamilyLimit(individual: $0, family: $0) }
    }
  }
}

extension AccumulatorScope.Bucket {
  var isCostSharing: Bool {
    [.deductible, .outOfPocket, .outOfNetworkDeductible, .outOfNetworkOutOfPocket].contains(self)
  }
}
