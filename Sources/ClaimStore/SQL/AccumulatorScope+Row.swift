import DurableSQL
import ClaimsDomain
import DurableExecution

extension AccumulatorScope {
  /// From the five columns that are next.
  init(columns: inout Columns<some SQLRow>) throws {
    let (kind, id) = (try columns.text(), try columns.text())
    let holder: Holder
    switch kind {
    case "member": holder = .member(MemberID(id))
    case "family": holder = .family(FamilyID(id))
    default: throw StoreFailure.corrupt("an accumulator entry is neither a member's nor a family's")
    }
    let (planID, planYear) = (PlanID(try columns.text()), try columns.count())
    guard let bucket = Bucket(rawValue: try columns.text()) else {
      throw StoreFailure.corrupt("an accumulator entry is of an unknown bucket")
    }
    self.init(holder: holder, planID: planID, planYear: planYear, bucket: bucket)
  }
}
