/// What a plan does about care of a day and code that another claim was allowed for already, and that is not the same in
/// every part.
package enum NearDuplicates: String, Sendable, Codable, CaseIterable {
  /// The claim waits for a person.
  case suspend
}
