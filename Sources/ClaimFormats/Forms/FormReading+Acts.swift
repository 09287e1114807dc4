package import ClaimsDomain

extension FormReading {
  /// Returns the form with a person's value in one field, held to the same grammar as a value that was read, and with
  /// the sums checked again. A field that the form does not have is left out.
  package func correcting(_ field: String, to text: String) -> FormReading { self }

  /// Returns the form as one claim of a file: the claim when no field is in doubt, otherwise the reason why not.
  ///
  /// - Parameters:
  ///   - digest: SHA-256 of the bytes of the form's pages, as 64 hex digits.
  ///   - location: Where the form begins in its file.
  package func item(digest: String, at location: SourceLocation) -> IntakeItem {
    .rejected(ClaimRejection(location: location, reason: "the form is not read yet"))
  }
}
