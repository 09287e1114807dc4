/// What comes out of a 270, in the file's own order.
package enum InquiryItem: Hashable, Sendable {
  case inquiry(EligibilityInquiry)
  /// Something is wrong with the file rather than with one question.
  case fault(FileFault)
}
