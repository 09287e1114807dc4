/// What is wrong with one envelope, as a 999 has codes for it.
struct EnvelopeFault: Hashable {
  enum Kind {
    case wrongCount, wrongControlNumber, repeatedControlNumber, missingTrailer, unreadGuide, otherGroup, outOfPlace
  }

  let kind: Kind
  let level: EnvelopeReport.Level
  /// Ordinals of the ST segments inside it.
  let transactions: Range<Int>
  /// Nothing inside is taken in; else it was let pass, as in test files.
  let isError: Bool
}
