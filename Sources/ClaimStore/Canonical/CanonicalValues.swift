package import ClaimsDomain
package import DurableExecution

// How the values of claims and decisions write themselves. The domain does not know how its values are stored.

extension Identifier: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { writer.write(text) }
}

extension Money: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { writer.write(description) }
}

extension Units: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { writer.write(description) }
}

extension CalendarDate: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { writer.write(description) }
}

extension DateRange: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("first", first)
    try object.member("last", last)
  }
}

extension PersonName: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("first", first)
    try object.member("last", last)
    try object.member("middle", middle)
  }
}

extension ClaimFrequency: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { writer.write(code) }
}

// MARK: Closed sets, written as their codes

extension ClaimKind: CanonicalValue {}
extension ClaimPurpose: CanonicalValue {}
extension PayerSequence: CanonicalValue {}
extension UnitsBasis: CanonicalValue {}
extension NetworkStatus: CanonicalValue {}
extension AdjustmentGroup: CanonicalValue {}
extension RuleID: CanonicalValue {}
extension SuspenseReason: CanonicalValue {}
extension Resemblance.Trait: CanonicalValue {}
extension YearLength: CanonicalValue {}
extension AccumulatorScope.Bucket: CanonicalValue {}
