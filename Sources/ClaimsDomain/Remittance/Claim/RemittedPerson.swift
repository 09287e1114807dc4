/// NM1 of a person: the patient (QC) or the insured (IL).
package struct RemittedPerson: Hashable, Sendable {
  package var last: String
  package var first: String?
  package var middle: String?
  /// NM109 with qualifier MI, the member's number.
  package var memberID: String?

  package init(last: String, first: String? = nil, middle: String? = nil, memberID: String? = nil) {
    self.last = last
    self.first = first
    self.middle = middle
    self.memberID = memberID
  }
}
