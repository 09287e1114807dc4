package import ClaimsDomain

extension FormReading {
  /// The creation date of a UB-04, if nothing about it is in doubt. A CMS-1500 has no box for it.
  ///
  /// - Parameter location: Where the form begins in its file.
  package func statedDay(at location: SourceLocation) -> StatedDay {
    var place = location
    guard kind == .ub04 else {
      return .unknown(at: place, reason: "a CMS-1500 has no box for the day on which it was made")
    }
    let box = "FL45.created"
    place.element = box
    guard let field = fields.first(where: { $0.field == box }) else {
      return .unknown(at: place, reason: "the form does not say on which day it was made")
    }
    guard field.doubts.isEmpty, let day = field.value.flatMap({ CalendarDate(parsing: $0) }) else {
      return .unknown(at: place, reason: "the day on which the form was made is in doubt")
    }
    return .day(day, at: place)
  }
}
