/// The outcome of one transaction of a group: AK2 to IK5.
package struct TransactionAcknowledgment: Hashable, Sendable {
  /// ST01.
  package var identifier: String
  /// ST02.
  package var control: String
  /// ST03.
  package var convention: String?
  package var faults: [Fault]
  package var errors: [SegmentError]
  /// Whether the whole transaction was rejected. A transaction with errors that is not rejected was accepted except for
  /// what the errors name.
  package var isRejected: Bool

  /// IK502 and the elements after it.
  package enum Fault: String, Hashable, Sendable {
    case missingTrailer = "2"
    case wrongControlNumber = "3"
    case wrongCount = "4"
    case segmentsInError = "5"
    case repeatedControlNumber = "23"
    case unreadGuide = "I6"
  }

  /// IK501.
  package enum Status: String, Sendable {
    case accepted = "A"
    case acceptedWithErrors = "E"
    case rejected = "R"
  }

  package init(
    identifier: String, control: String, convention: String? = nil, faults: [Fault] = [], errors: [SegmentError] = [],
    isRejected: Bool = false
  ) {
    self.identifier = identifier
    self.control = control
    self.convention = convention
    self.faults = faults
    self.errors = errors
    self.isRejected = isRejected
  }

  package var status: Status {
    isRejected ? .rejected : faults.isEmpty && errors.isEmpty ? .accepted : .acceptedWithErrors
  }

  /// The errors in the order of their segments. Errors in elements of the same segment are grouped, as long as they
  /// concern at most one claim.
  var errorsBySegment: [[SegmentError]] {
    var groups: [[SegmentError]] = []
    for error in errors.sorted(by: { $0.position < $1.position }) {
      if let group = groups.last, error.element != nil,
        group.allSatisfy({ $0.element != nil && $0.segment == error.segment && $0.position == error.position }),
        Set((group + [error]).compactMap(\.claimNumber)).count <= 1
      {
        groups[groups.count - 1].append(error)
      } else {
        groups.append([error])
      }
    }
    return groups
  }
}
