/// What comes out of an 834, in the file's own order.
package enum EnrolmentItem: Hashable, Sendable {
  case member(MemberMaintenance)
  /// Something is wrong with the file rather than with one person.
  case fault(FileFault)
}
