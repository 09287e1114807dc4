import ClaimsDomain

/// Reads the values of an 835's elements. A missing value is an error only for a caller that requires it.
extension X12Segment {
  /// The text, cut to the length that is kept. The length counts scalars, since a character may have any number.
  func brief(_ element: Int) -> String? { text(element).map(Self.brief) }

  func brief(_ element: Int, component: Int) -> String? { text(element, component: component).map(Self.brief) }

  private static func brief(_ text: String) -> String { String(text.unicodeScalars.prefix(X12Limits.remittanceText)) }

  /// The amount, of either sign.
  func amount(_ element: Int) throws(ClaimProblem) -> Money? {
    let bytes = bytes(element)
    guard !bytes.isEmpty else { return nil }
    do throws(MoneyError) {
      return try Money(parsing: bytes.span)
    } catch {
      throw problem(element, error == .overflow ? "the amount is too large" : "this is no amount in dollars and cents")
    }
  }

  func requiredAmount(_ element: Int) throws(ClaimProblem) -> Money {
    guard let amount = try amount(element) else { throw problem(element, "the amount is missing") }
    return amount
  }

  func day(_ element: Int) -> CalendarDate? { text(element).flatMap { CalendarDate(parsing: $0) } }

  func quantity(_ element: Int) -> Units? { text(element).flatMap { Units(parsing: $0) } }

  func reference() -> RemittanceReference? {
    guard let value = brief(2) else { return nil }
    return RemittanceReference(brief(1) ?? "", value)
  }

  func supplementalAmount() -> SupplementalAmount? {
    guard let amount = try? amount(2) else { return nil }
    return SupplementalAmount(brief(1) ?? "", amount)
  }

  /// The triplets of a CAS segment. A triplet without an amount is a problem; one without a reason still counts.
  func adjustments(_ problems: (ClaimProblem) -> Void) -> [StatedAdjustment] {
    let group = brief(1) ?? ""
    var adjustments: [StatedAdjustment] = []
    for start in stride(from: 2, through: max(2, elementCount), by: 3) {
      do throws(ClaimProblem) {
        guard text(start) != nil || text(start + 1) != nil else { continue }
        let amount = try requiredAmount(start + 1)
        adjustments.append(
          StatedAdjustment(group: group, reason: brief(start) ?? "", amount: amount, quantity: quantity(start + 2)))
      } catch {
        problems(error)
      }
    }
    return adjustments
  }

  /// The person in an NM1 segment.
  func person() -> RemittedPerson {
    RemittedPerson(last: brief(3) ?? "", first: brief(4), middle: brief(5), memberID: brief(9))
  }
}
