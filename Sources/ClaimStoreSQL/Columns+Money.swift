package import ClaimsDomain
package import DurableSQL

extension Columns {
  package mutating func cents() throws -> Money { Money(cents: try integer()) }

  package mutating func centsOrNil() throws -> Money? { try integerOrNil().map(Money.init(cents:)) }
}
