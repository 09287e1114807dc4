internal import ClaimsDomain

/// Why no claim of some transactions is taken in.
struct TransactionFault: Hashable {
  /// Ordinals of the ST segments it is true of, from 0 through the whole file.
  let transactions: Range<Int>
  let location: SourceLocation
  let reason: String
}
