package import ClaimsDomain
import Foundation

/// The conditions that claims have to meet to be found: all that are present. Without any, every claim is found.
package struct ClaimFilter: Hashable, Sendable {
  package var claimNumber: ClaimNumber?
  package var status: ClaimStatus?
  package var memberID: MemberID?
  package var payerID: PayerID?
  /// The billing provider.
  package var provider: ProviderReference?
  package var receivedFrom: CalendarDate?
  package var receivedThrough: CalendarDate?
  /// Claims with a day of care on or after this day. A claim without a day of care matches neither this nor
  /// `serviceThrough`.
  package var serviceFrom: CalendarDate?
  /// Claims with a day of care on or before this day.
  package var serviceThrough: CalendarDate?
  package var chargeAtLeast: Money?
  package var chargeAtMost: Money?
  /// A procedure of one of the lines, and a reason for which the claim was denied, was reduced, or waits.
  package var procedure: ClaimMark?
  package var reason: ClaimMark?
  /// A check run that reported the claim.
  package var run: ClaimMark?

  package init(
    claimNumber: ClaimNumber? = nil, status: ClaimStatus? = nil, memberID: MemberID? = nil, payerID: PayerID? = nil,
    provider: ProviderReference? = nil, receivedFrom: CalendarDate? = nil, receivedThrough: CalendarDate? = nil,
    serviceFrom: CalendarDate? = nil, serviceThrough: CalendarDate? = nil, chargeAtLeast: Money? = nil,
    chargeAtMost: Money? = nil, procedure: ClaimMark? = nil, reason: ClaimMark? = nil, run: ClaimMark? = nil
  ) {
    self.claimNumber = claimNumber
    self.status = status
    self.memberID = memberID
    self.payerID = payerID
    self.provider = provider
    self.receivedFrom = receivedFrom
    self.receivedThrough = receivedThrough
    self.serviceFrom = serviceFrom
    self.serviceThrough = serviceThrough
    self.chargeAtLeast = chargeAtLeast
    self.chargeAtMost = chargeAtMost
    self.procedure = procedure
    self.reason = reason
    self.run = run
  }
}

/// A claim in a list.
package struct FoundClaim: Hashable, Sendable {
  package var row: ClaimRow
  package var care: ClaimCare

  package init(row: ClaimRow, care: ClaimCare) {
    self.row = row
    self.care = care
  }
}

/// A place in the list of claims, which has the newest first: by the day of receipt, then by ID, both descending.
/// Neither ever changes, so a claim keeps its place whatever happens to it.
package struct ClaimCursor: Hashable, Sendable {
  let receivedOn: CalendarDate
  let id: ClaimIntakeID

  /// The place of a claim. The page after it begins with the next claim.
  package init(at claim: ClaimRow) {
    receivedOn = claim.receivedOn
    id = claim.id
  }

  /// Reads the text of a cursor.
  package init(parsing text: String) throws(UnreadableCursor) {
    guard let key = CursorText.key(of: text), let day = CalendarDate(parsing: key.prefix(Self.dayLength)),
      key.dropFirst(Self.dayLength).first == " "
    else { throw UnreadableCursor() }
    receivedOn = day
    id = ClaimIntakeID(String(key.dropFirst(Self.dayLength + 1)))
    // There is one text for each place.
    guard self.text == text, !id.text.isEmpty else { throw UnreadableCursor() }
  }

  /// The cursor for use outside the program.
  package var text: String { CursorText.text(of: "\(receivedOn) \(id)") }

  private static let dayLength = 10
}

/// A text is not a cursor.
package struct UnreadableCursor: Error, Hashable, CustomStringConvertible {
  package var description: String { "this is not a cursor: use one that a page of the list has given, unchanged" }
}
