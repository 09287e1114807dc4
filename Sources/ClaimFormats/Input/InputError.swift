/// The system would not let us read: a matter of disks and permissions, not of what the file says.
package struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
