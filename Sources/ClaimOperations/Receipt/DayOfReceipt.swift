package import ClaimFormats
package import ClaimStore
package import ClaimsDomain

/// The day on which claims count as received, from which timely filing (CO-29) and interest run.
package enum DayOfReceipt: Hashable, Sendable {
  /// The day they come, by the database's clock (UTC).
  case today
  case day(CalendarDate)
  /// The day on which their file says that they were made.
  case stated

  /// The day, if it is the same for all claims and given beforehand.
  package var given: CalendarDate? { if case .day(let day) = self { day } else { nil } }

  /// - Returns: nil where the days that files state do not count.
  package func stated(today: CalendarDate) -> StatedDays? { self == .stated ? StatedDays(today: today) : nil }

  /// - Returns: nil where the days that files state do not count.
  /// - Throws: `StoreFailure`.
  package func stated(by store: ClaimStore) async throws -> StatedDays? {
    guard self == .stated else { return nil }
    return StatedDays(today: try await store.read { try $0.now.day })
  }
}

/// Takes the days that files state for days of receipt. A claim whose file states none is rejected: no day is made up.
package struct StatedDays: Hashable, Sendable {
  /// The last day on which a claim can have been received (UTC).
  private let today: CalendarDate

  package init(today: CalendarDate) { self.today = today }

  /// - Throws: `FileFault` for a day that is missing, cannot be read, or is in the future.
  package func day(_ stated: StatedDay) throws(FileFault) -> CalendarDate {
    switch stated {
    case .day(let day, _) where day <= today: return day
    case .day(let day, let location): throw Self.fault(at: location, "it says \(day), which is in the future")
    case .unknown(let location, let reason): throw Self.fault(at: location, reason)
    }
  }

  /// - Throws: `ClaimRejection` for a day that is missing, cannot be read, or is in the future.
  package func day(of claim: SubmittedClaim, _ stated: StatedDay) throws(ClaimRejection) -> CalendarDate {
    do throws(FileFault) {
      return try day(stated)
    } catch {
      throw ClaimRejection(of: claim, for: error)
    }
  }

  private static func fault(at location: SourceLocation, _ what: String) -> FileFault {
    FileFault(
      at: location,
      what: "\(what); --received file takes the day of receipt from there, and --received YYYY-MM-DD gives another",
      advice: "correct it and send it again")
  }
}

extension ClaimRejection {
  /// The rejection of a claim for what is wrong with its file.
  init(of claim: SubmittedClaim, for fault: FileFault) {
    self.init(
      claimNumber: claim.claimNumber, payerID: claim.payer.id, charge: claim.charge,
      location: fault.location ?? SourceLocation(.record, 1), reason: fault.what)
  }
}
